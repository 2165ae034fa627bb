using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;

namespace NinjaTraderHost
{
    /** One event of NinjaTrader: who listens, how long each listener takes, and from which assembly it comes. */
    internal sealed class EventHub
    {
        static readonly List<WeakReference> hubs = new List<WeakReference>();

        readonly object gate = new object();
        readonly bool mindsStrangers;
        volatile Listener[] listeners = new Listener[0];

        internal EventHub(string name, bool mindsStrangers = false)
        {
            Name = name;
            this.mindsStrangers = mindsStrangers;
            lock (hubs) hubs.Add(new WeakReference(this));
        }

        internal string Name { get; private set; }
        internal bool IsEmpty { get { return listeners.Length == 0; } }
        internal int Count { get { return listeners.Length; } }

        internal void Add(Delegate handler)
        {
            LockWatch.Check("+= on " + Name);
            lock (gate)
            {
                if (listeners.Any(each => each.Handler.Equals(handler)))
                {
                    Violations.Record("subscribedTwice", Name + " += the same handler twice");
                }
                listeners = listeners.Concat(new[] { new Listener(Name, handler) }).ToArray();
            }
        }

        internal void Remove(Delegate handler)
        {
            LockWatch.Check("-= on " + Name);
            lock (gate)
            {
                var gone = listeners.LastOrDefault(each => each.Handler.Equals(handler));
                if (gone != null) listeners = listeners.Where(each => each != gone).ToArray();
                else if (mindsStrangers) Violations.Record("removedStranger", Name + " -= a handler that was never added");
            }
        }

        internal void Raise<TArgs>(object sender, TArgs args) where TArgs : EventArgs
        {
            foreach (var listener in listeners) listener.Call(sender, args);
        }

        /** To one listener only, as for what a new subscriber is told. */
        internal void RaiseTo<TArgs>(Delegate handler, object sender, TArgs args) where TArgs : EventArgs
        {
            var listener = listeners.LastOrDefault(each => each.Handler.Equals(handler));
            if (listener != null) listener.Call(sender, args);
        }

        /** Names of the events that a method of the assembly still listens to. */
        internal static string[] HeldBy(Assembly assembly)
        {
            EventHub[] present;
            lock (hubs)
            {
                hubs.RemoveAll(each => !each.IsAlive);
                present = hubs.Select(each => (EventHub)each.Target).Where(each => each != null).ToArray();
            }
            return present
                .SelectMany(hub => hub.listeners.Where(each => each.ComesFrom(assembly)).Select(each => hub.Name))
                .ToArray();
        }

        sealed class Listener
        {
            readonly HandlerTiming timing;

            internal Listener(string eventName, Delegate handler)
            {
                Handler = handler;
                timing = HandlerTimings.Of(eventName + " > " + handler.Method.Name);
            }

            internal Delegate Handler { get; private set; }

            internal bool ComesFrom(Assembly assembly)
            {
                return Handler.GetInvocationList().Any(each => each.Method.Module.Assembly == assembly);
            }

            internal void Call<TArgs>(object sender, TArgs args) where TArgs : EventArgs
            {
                var began = Stopwatch.GetTimestamp();
                try
                {
                    var typed = Handler as EventHandler<TArgs>;
                    if (typed != null) typed(sender, args);
                    else ((EventHandler)Handler)(sender, args);
                }
                catch (Exception error)
                {
                    Violations.Record("handlerThrew", timing.Name + ": " + error.GetType().Name + " " + error.Message);
                }
                timing.Add(began, Stopwatch.GetTimestamp());
            }
        }
    }
}
