using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using NinjaTraderHost;

namespace NinjaTrader.Cbi
{
    public class Connection
    {
        static readonly WatchedCollection<Connection> connections = new WatchedCollection<Connection>("Connection.Connections");
        static readonly EventHub statusUpdate = new EventHub("Connection.ConnectionStatusUpdate");
        readonly List<Account> accounts = new List<Account>();

        internal Connection(ConnectOptions options)
        {
            Options = options;
            Line = new ConnectionLine(this);
        }

        public static Collection<Connection> Connections { get { return connections; } }
        public static Connection PlaybackConnection { get; internal set; }

        /** A new subscriber is told every present status before the subscription returns. */
        public static event EventHandler<ConnectionStatusEventArgs> ConnectionStatusUpdate
        {
            add
            {
                statusUpdate.Add(value);
                Connection[] present;
                lock (connections) present = new List<Connection>(connections).ToArray();
                foreach (var each in present) statusUpdate.RaiseTo(value, each, each.Line.Report());
            }
            remove { statusUpdate.Remove(value); }
        }

        public ConnectionStatus Status { get; internal set; }
        public ConnectionStatus PriceStatus { get; internal set; }
        public ConnectOptions Options { get; private set; }
        public IList<Account> Accounts { get { lock (accounts) return accounts.ToArray(); } }
        public AccountItem[] AccountItems { get { return Line.Items; } }
        public Currency[] Currencies { get { return new[] { Currency.UsDollar }; } }
        public OrderType[] OrderTypes
        {
            get { return new[] { OrderType.Market, OrderType.Limit, OrderType.StopMarket, OrderType.StopLimit, OrderType.MIT }; }
        }
        public TimeInForce[] TimeInForces { get { return new[] { TimeInForce.Day, TimeInForce.Gtc }; } }
        public DateTime Now { get { return PlatformClock.Now; } }

        public void CancelAllOrders()
        {
            LockWatch.Check("Connection.CancelAllOrders");
            foreach (var account in Accounts) account.Broker.CancelWhere(order => true);
        }

        public void Disconnect()
        {
            LockWatch.Check("Connection.Disconnect");
            Violations.Record("disconnected", "the AddOn disconnected " + Options.Name);
            Line.Disconnect(ErrorCode.UserAbort, false);
        }

        internal static EventHub StatusUpdates { get { return statusUpdate; } }
        internal ConnectionLine Line { get; private set; }
        internal void AddAccount(Account account) { lock (accounts) if (!accounts.Contains(account)) accounts.Add(account); }
    }

    public class ConnectOptions
    {
        internal ConnectOptions() { }

        public string Name { get; internal set; }
        public Provider Provider { get; internal set; }
        public string BrandName { get; internal set; }
        public Mode Mode { get; internal set; }
        public bool CanManageOrders { get { return true; } }
        public bool IsDataProviderOnly { get { return false; } }
        public bool ConnectOnStartup { get { return false; } }
    }

    public class ConnectionStatusEventArgs : EventArgs
    {
        internal ConnectionStatusEventArgs() { }

        public Connection Connection { get; internal set; }
        public ErrorCode Error { get; internal set; }
        public string NativeError { get; internal set; }
        public ConnectionStatus Status { get; internal set; }
        public ConnectionStatus PreviousStatus { get; internal set; }
        public ConnectionStatus PriceStatus { get; internal set; }
        public ConnectionStatus PreviousPriceStatus { get; internal set; }
    }
}
