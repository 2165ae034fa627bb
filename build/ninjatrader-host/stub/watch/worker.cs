using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace NinjaTraderHost
{
    /** A thread that does one job after the other, some of them later. */
    internal sealed class Worker
    {
        static readonly List<Worker> all = new List<Worker>();
        readonly SortedDictionary<Due, Action> later = new SortedDictionary<Due, Action>();
        readonly Queue<Action> now = new Queue<Action>();
        readonly object gate = new object();
        readonly Thread thread;
        long sequence;
        bool isBusy;

        internal Worker(string name)
        {
            thread = new Thread(Run) { IsBackground = true, Name = name };
            lock (all) all.Add(this);
            thread.Start();
        }

        internal bool IsCurrent { get { return Thread.CurrentThread == thread; } }

        internal bool IsIdle { get { lock (gate) return !isBusy && now.Count == 0 && later.Count == 0; } }

        internal int Queued { get { lock (gate) return now.Count + later.Count; } }

        internal static Worker[] All { get { lock (all) return all.ToArray(); } }

        internal void Post(Action job)
        {
            lock (gate)
            {
                now.Enqueue(job);
                Monitor.Pulse(gate);
            }
        }

        internal void After(double ms, Action job)
        {
            if (ms <= 0)
            {
                Post(job);
                return;
            }
            lock (gate)
            {
                sequence += 1;
                var at = Stopwatch.GetTimestamp() + (long)(ms * Stopwatch.Frequency / 1000);
                later.Add(new Due(at, sequence), job);
                Monitor.Pulse(gate);
            }
        }

        /** Runs the job here and waits for its answer; on the worker's own thread at once. */
        internal T Ask<T>(Func<T> job, int withinMs = 30000)
        {
            if (IsCurrent) return job();
            var answer = default(T);
            Exception failure = null;
            var done = new ManualResetEventSlim();
            Post(() =>
            {
                try { answer = job(); }
                catch (Exception error) { failure = error; }
                done.Set();
            });
            if (!done.Wait(withinMs)) throw new TimeoutException("The thread \"" + thread.Name + "\" hangs.");
            if (failure != null) throw new InvalidOperationException(failure.Message, failure);
            return answer;
        }

        /** The job is the last thing that this thread ever does. */
        internal T AskLast<T>(Func<T> job)
        {
            var answer = default(T);
            var done = new ManualResetEventSlim();
            Post(() =>
            {
                answer = job();
                done.Set();
                Thread.Sleep(Timeout.Infinite);
            });
            if (!done.Wait(30000)) throw new TimeoutException("The thread \"" + thread.Name + "\" hangs.");
            return answer;
        }

        void Run()
        {
            while (true)
            {
                var job = Next();
                try { job(); }
                catch (Exception error) { Violations.Record("hostFault", error.ToString()); }
            }
        }

        Action Next()
        {
            lock (gate)
            {
                isBusy = false;
                while (true)
                {
                    var due = FirstDue();
                    if (due.HasValue && due.Value.At <= Stopwatch.GetTimestamp())
                    {
                        var job = later[due.Value];
                        later.Remove(due.Value);
                        isBusy = true;
                        return job;
                    }
                    if (now.Count > 0)
                    {
                        isBusy = true;
                        return now.Dequeue();
                    }
                    if (!due.HasValue) Monitor.Wait(gate);
                    else Monitor.Wait(gate, WaitMs(due.Value.At));
                }
            }
        }

        Due? FirstDue()
        {
            foreach (var each in later) return each.Key;
            return null;
        }

        static int WaitMs(long at)
        {
            var ms = (at - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
            return Math.Max(1, (int)Math.Ceiling(ms));
        }

        struct Due : IComparable<Due>
        {
            internal readonly long At;
            readonly long order;

            internal Due(long at, long order)
            {
                At = at;
                this.order = order;
            }

            public int CompareTo(Due other)
            {
                return At != other.At ? At.CompareTo(other.At) : order.CompareTo(other.order);
            }
        }
    }

    /** Many instruments share few UI threads. */
    internal static class UiThreads
    {
        static readonly System.Windows.Threading.Dispatcher[] threads =
        {
            new System.Windows.Threading.Dispatcher("instruments 1"), new System.Windows.Threading.Dispatcher("instruments 2")
        };

        internal static System.Windows.Threading.Dispatcher OfInstrument(long id) { return threads[id % threads.Length]; }
    }
}
