using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using NinjaTrader.Cbi;
using NinjaTraderHost;

namespace NinjaTrader.NinjaScript
{
    public abstract class NinjaScript
    {
        public string Name { get; set; }
        public string Description { get; set; }
        public State State { get; private set; }

        public void Print(object value) { Code.Output.Process(Convert.ToString(value), PrintTo.OutputTab1); }

        public static void Log(string message, LogLevel logLevel) { OutputLines.Add("log:" + logLevel, message); }

        protected virtual void OnStateChange() { }

        internal void Enter(State state)
        {
            State = state;
            OnStateChange();
        }
    }

    public abstract class AddOnBase : NinjaScript
    {
        protected virtual void OnWindowCreated(System.Windows.Window window) { }

        protected virtual void OnWindowDestroyed(System.Windows.Window window) { }

        internal void ShowWindow(System.Windows.Window window) { OnWindowCreated(window); }

        internal void CloseWindow(System.Windows.Window window) { OnWindowDestroyed(window); }
    }

    public abstract class StrategyBase
    {
        static readonly WatchedCollection<StrategyBase> all = new WatchedCollection<StrategyBase>("StrategyBase.All");
        readonly WatchedCollection<Order> orders = new WatchedCollection<Order>("Strategy.Orders");

        public static Collection<StrategyBase> All { get { return all; } }
        public long Id { get; internal set; }
        public string Name { get; internal set; }
        public Account Account { get; internal set; }
        public Collection<Order> Orders { get { return orders; } }
        public string Template { get; internal set; }
        public State State { get; internal set; }

        public void CloseStrategy(string signalName) { LockWatch.Check("StrategyBase.CloseStrategy"); }

        internal WatchedCollection<Order> LiveOrders { get { return orders; } }
    }

    /** A strategy that a test runs: its orders are Automated and have an owner. */
    internal sealed class TestStrategy : StrategyBase { }

    public class AtmStrategy : StrategyBase
    {
        internal AtmStrategy() { }

        public static AtmStrategy StartAtmStrategy(string atmStrategyTemplateName, Order entryOrder)
        {
            if (entryOrder == null || entryOrder.Name != "Entry") return null;
            return entryOrder.Account.Broker.StartAtm(atmStrategyTemplateName, entryOrder);
        }

        public static AtmStrategy StartAtmStrategy(AtmStrategy atmStrategyTemplate, Order entryOrder)
        {
            return StartAtmStrategy(atmStrategyTemplate.Template, entryOrder);
        }

        public Collection<Order> GetStopOrders(int idx) { return Named("Stop"); }

        public Collection<Order> GetTargetOrders(int idx) { return Named("Target"); }

        Collection<Order> Named(string prefix)
        {
            var found = new List<Order>();
            lock (LiveOrders)
            {
                foreach (var order in LiveOrders)
                {
                    if (order.Name.StartsWith(prefix, StringComparison.Ordinal)) found.Add(order);
                }
            }
            return new Collection<Order>(found);
        }
    }
}
