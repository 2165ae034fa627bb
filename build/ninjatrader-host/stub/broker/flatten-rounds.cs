using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /**
     * NinjaTrader's own close procedure: cancel the instrument's orders, wait for the confirmations, then a market
     * order for the position that was shown at the call. An order that fills in between therefore reverses the position.
     */
    internal sealed class FlattenRounds
    {
        const double LookMs = 5;
        readonly Account account;
        readonly AccountBroker broker;

        internal FlattenRounds(Account account, AccountBroker broker)
        {
            this.account = account;
            this.broker = broker;
        }

        internal void Begin(Instrument[] instruments, string name)
        {
            var shown = ShownNow();
            broker.Worker.Post(() =>
            {
                if (!broker.IsUp) return;
                var wanted = instruments ?? shown.Keys.Concat(broker.Live.Select(each => each.Instrument)).Distinct().ToArray();
                foreach (var instrument in wanted)
                {
                    int quantity;
                    shown.TryGetValue(instrument, out quantity);
                    var orders = broker.Live.Where(each => each.Instrument == instrument).ToArray();
                    foreach (var order in orders) broker.CancelOne(order);
                    Await(instrument, orders, quantity, name, Stopwatch.StartNew());
                }
            });
        }

        void Await(Instrument instrument, BrokerOrder[] orders, int quantity, string name, Stopwatch since)
        {
            if (orders.All(each => each.IsOver))
            {
                if (quantity != 0) Close(instrument, quantity, name);
                return;
            }
            if (since.ElapsedMilliseconds > broker.Faults.FlattenWaitMs)
            {
                OutputLines.Add("log:Error", "Flatten of " + account.Name + ": orders were not cancelled in time");
                return;
            }
            broker.Worker.After(LookMs, () => Await(instrument, orders, quantity, name, since));
        }

        void Close(Instrument instrument, int quantity, string name)
        {
            var order = broker.Build(new OrderTerms
            {
                Instrument = instrument, Action = quantity > 0 ? OrderAction.Sell : OrderAction.BuyToCover, Type = OrderType.Market,
                Entry = OrderEntry.Manual, Tif = TimeInForce.Day, Quantity = Math.Abs(quantity), Name = name,
                Gtd = NinjaTrader.Core.Globals.MaxDate
            });
            broker.Arrive(new[] { order });
        }

        Dictionary<Instrument, int> ShownNow()
        {
            lock (account.Positions)
            {
                return account.Positions.ToDictionary(
                    each => each.Instrument, each => each.MarketPosition == MarketPosition.Short ? -each.Quantity : each.Quantity);
            }
        }
    }
}
