using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using NinjaTraderHost;

namespace NinjaTrader.Cbi
{
    public partial class Account
    {
        static readonly WatchedCollection<Account> all = new WatchedCollection<Account>("Account.All");
        static readonly EventHub accountStatusUpdate = new EventHub("Account.AccountStatusUpdate");
        static readonly EventHub simulationAccountReset = new EventHub("Account.SimulationAccountReset");
        static long lastId;

        readonly WatchedCollection<Position> positions;
        readonly WatchedCollection<Order> orders;
        readonly WatchedCollection<Execution> executions;
        readonly WatchedCollection<NinjaScript.StrategyBase> strategies;
        readonly EventHub accountItemUpdate = new EventHub("Account.AccountItemUpdate");
        readonly EventHub orderUpdate = new EventHub("Account.OrderUpdate");
        readonly EventHub executionUpdate = new EventHub("Account.ExecutionUpdate");
        readonly EventHub positionUpdate = new EventHub("Account.PositionUpdate");

        internal Account(string name, Provider provider, double initialCash)
        {
            lastId += 1;
            Id = lastId;
            Name = name;
            DisplayName = name;
            Provider = provider;
            SimulatorInitialCash = initialCash;
            positions = new WatchedCollection<Position>("Positions of " + name);
            orders = new WatchedCollection<Order>("Orders of " + name);
            executions = new WatchedCollection<Execution>("Executions of " + name);
            strategies = new WatchedCollection<NinjaScript.StrategyBase>("Strategies of " + name);
            Broker = new AccountBroker(this);
        }

        public static Collection<Account> All { get { return all; } }
        public static string BackTestAccountName { get { return "Backtest"; } }

        public static event EventHandler<AccountStatusEventArgs> AccountStatusUpdate
        {
            add { accountStatusUpdate.Add(value); }
            remove { accountStatusUpdate.Remove(value); }
        }

        public static event EventHandler SimulationAccountReset
        {
            add { simulationAccountReset.Add(value); }
            remove { simulationAccountReset.Remove(value); }
        }

        public static void FlattenEverything()
        {
            LockWatch.Check("Account.FlattenEverything");
            Account[] present;
            lock (all) present = all.ToArray();
            foreach (var account in present) account.Broker.Flatten(null, "Close");
        }

        public string Name { get; private set; }
        public string DisplayName { get; internal set; }
        public long Id { get; private set; }
        public string Fcm { get { return string.Empty; } }
        public Connection Connection { get; internal set; }
        public ConnectionStatus ConnectionStatus
        {
            get { var line = Connection; return line == null ? ConnectionStatus.Disconnected : line.Status; }
        }
        public Currency Denomination { get { return Currency.UsDollar; } }
        public Provider Provider { get; private set; }
        public AccountStatus AccountStatus { get { return AccountStatus.Enabled; } }
        public LiquidationState LiquidationState { get { return LiquidationState.Disabled; } }
        public bool IsAutoLiquidationEnabled { get { return false; } }
        public double DailyLossLimit { get { return 0; } }
        public int MaxOrderSize { get { return 0; } }
        public int MaxPositionSize { get { return 0; } }
        public double MinimumCashValue { get { return 0; } }
        public Risk Risk { get { return null; } }
        public double SimulatorInitialCash { get; private set; }
        public Collection<Position> Positions { get { return positions; } }
        public Collection<Order> Orders { get { return orders; } }
        public Collection<Execution> Executions { get { return executions; } }
        public Collection<NinjaScript.StrategyBase> Strategies { get { return strategies; } }

        public event EventHandler<AccountItemEventArgs> AccountItemUpdate
        {
            add { accountItemUpdate.Add(value); }
            remove { accountItemUpdate.Remove(value); }
        }

        public event EventHandler<OrderEventArgs> OrderUpdate
        {
            add { orderUpdate.Add(value); }
            remove { orderUpdate.Remove(value); }
        }

        public event EventHandler<ExecutionEventArgs> ExecutionUpdate
        {
            add { executionUpdate.Add(value); }
            remove { executionUpdate.Remove(value); }
        }

        public event EventHandler<PositionEventArgs> PositionUpdate
        {
            add { positionUpdate.Add(value); }
            remove { positionUpdate.Remove(value); }
        }

        public double Get(AccountItem itemType, Currency currency)
        {
            var report = Broker.Items.Report(itemType);
            return report == null ? 0 : report.Value;
        }

        public AccountItemEventArgs GetAccountItem(AccountItem itemType, Currency currency)
        {
            return Broker.Items.Report(itemType);
        }

        public Order CreateOrder(Instrument instrument, OrderAction action, OrderType orderType, OrderEntry orderEntry,
            TimeInForce timeInForce, int quantity, double limitPrice, double stopPrice, string oco, string name,
            DateTime gtd, CustomOrder customOrder)
        {
            if (name != null && name.Length > 50) Violations.Record("longName", "an order's name has more than 50 characters");
            return Broker.Build(new OrderTerms
            {
                Instrument = instrument, Action = action, Type = orderType, Entry = orderEntry, Tif = timeInForce,
                Quantity = quantity, Limit = limitPrice, Stop = stopPrice, Oco = oco, Name = name, Gtd = gtd
            });
        }

        [Obsolete]
        public Order CreateOrder(Instrument instrument, OrderAction action, OrderType orderType, TimeInForce timeInForce,
            int quantity, double limitPrice, double stopPrice, string oco, string name, CustomOrder customOrder)
        {
            return CreateOrder(instrument, action, orderType, OrderEntry.Automated, timeInForce, quantity, limitPrice,
                stopPrice, oco, name, Core.Globals.MaxDate, customOrder);
        }

        public void Submit(IEnumerable<Order> toSubmit)
        {
            LockWatch.Check("Account.Submit");
            Broker.Submit(toSubmit.ToArray());
        }

        public void Change(IEnumerable<Order> toChange)
        {
            LockWatch.Check("Account.Change");
            Broker.Change(toChange.ToArray());
        }

        public void Cancel(IEnumerable<Order> toCancel)
        {
            LockWatch.Check("Account.Cancel");
            Broker.Cancel(toCancel.ToArray());
        }

        public void CancelAllOrders(Instrument instrument)
        {
            LockWatch.Check("Account.CancelAllOrders");
            Broker.CancelWhere(order => order.Instrument == instrument);
        }

        public void Flatten(ICollection<Instrument> instruments)
        {
            LockWatch.Check("Account.Flatten");
            Broker.Flatten(instruments.ToArray(), "Close");
        }

        public bool IsOrderTypeSupported(OrderType orderType) { return orderType != OrderType.Unknown; }

        public Position GetPosition(long instrumentId)
        {
            lock (positions) return positions.FirstOrDefault(each => each.Instrument.Id == instrumentId);
        }

        public void ResetSimulationAccount(bool clearTradeData)
        {
            Violations.Record("accountReset", "the AddOn reset " + Name);
        }

        public override string ToString() { return DisplayName; }

        internal static EventHub StatusUpdates { get { return accountStatusUpdate; } }
        internal static EventHub Resets { get { return simulationAccountReset; } }
        internal EventHub ItemUpdates { get { return accountItemUpdate; } }
        internal EventHub OrderUpdates { get { return orderUpdate; } }
        internal EventHub ExecutionUpdates { get { return executionUpdate; } }
        internal EventHub PositionUpdates { get { return positionUpdate; } }
        internal AccountBroker Broker { get; private set; }
    }

    public class AccountItemEventArgs : EventArgs
    {
        internal AccountItemEventArgs(Account account, AccountItem item, double value, DateTime time)
        {
            Account = account;
            AccountItem = item;
            Value = value;
            Time = time;
        }

        public Account Account { get; private set; }
        public AccountItem AccountItem { get; private set; }
        public Currency Currency { get { return Currency.UsDollar; } }
        public double Value { get; private set; }
        public DateTime Time { get; private set; }
    }

    public class AccountStatusEventArgs : EventArgs
    {
        internal AccountStatusEventArgs() { }

        public Account Account { get; internal set; }
        public string Message { get; internal set; }
        public ConnectionStatus PreviousStatus { get; internal set; }
        public ConnectionStatus Status { get; internal set; }
    }

    public class Risk
    {
        Risk() { }

        public static Collection<Risk> All { get { return new Collection<Risk>(); } }
        public string Name { get { return string.Empty; } }

        public static Risk Get(string name) { return null; }
    }
}
