using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** The accounts and connections that a run has, those included that NinjaTrader does not show yet. */
    internal static class World
    {
        const string SimulatedFeed = "Simulated Data Feed";
        static readonly Dictionary<string, Account> accounts = new Dictionary<string, Account>();

        /** What every NinjaTrader has at its start: special accounts without a connection, and one of last year's. */
        internal static void Begin()
        {
            var feed = AddConnection(SimulatedFeed, Provider.Simulator, "NinjaTrader", Mode.Simulation);
            var playback = AddConnection("Playback Connection", Provider.Playback, "NinjaTrader", Mode.Simulation);
            Connection.PlaybackConnection = playback;
            Show(Add("Backtest", Provider.Simulator, 100000));
            Show(Add("DEMO0000001", Provider.Provider1, 50000));
            var simulated = Show(Add("Sim101", Provider.Simulator, 100000));
            feed.Line.Attach(simulated);
            playback.Line.Attach(Show(Add("Playback101", Provider.Playback, 100000)));
        }

        internal static IEnumerable<Account> Accounts { get { lock (accounts) return accounts.Values.ToArray(); } }

        internal static Account AccountOf(string name)
        {
            lock (accounts)
            {
                Account found;
                if (accounts.TryGetValue(name, out found)) return found;
            }
            throw new StepFault("there is no account \"" + name + "\"");
        }

        internal static Connection ConnectionOf(string name)
        {
            lock (Connection.Connections)
            {
                var found = Connection.Connections.FirstOrDefault(each => each.Options.Name == name);
                if (found != null) return found;
            }
            throw new StepFault("there is no connection \"" + name + "\"");
        }

        internal static Connection AddConnection(string name, Provider provider, string brand, Mode mode)
        {
            var options = new ConnectOptions { Name = name, Provider = provider, BrandName = brand, Mode = mode };
            var connection = new Connection(options);
            lock (Connection.Connections)
            {
                if (Connection.Connections.Any(each => each.Options.Name == name)) throw new StepFault("connection \"" + name + "\" exists");
                Connection.Connections.Add(connection);
            }
            return connection;
        }

        internal static Account Add(string name, Provider provider, double cash)
        {
            lock (accounts)
            {
                if (accounts.ContainsKey(name)) throw new StepFault("account \"" + name + "\" exists");
                return accounts[name] = new Account(name, provider, cash);
            }
        }

        static Account Show(Account account)
        {
            lock (Account.All) Account.All.Add(account);
            return account;
        }
    }
}
