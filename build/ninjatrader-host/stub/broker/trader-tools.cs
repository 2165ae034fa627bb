using System;
using NinjaTrader.Cbi;
using NinjaTrader.NinjaScript;

namespace NinjaTraderHost
{
    /** What acts for the trader on one account: ATM brackets, and a strategy that wants its position back. */
    internal sealed class TraderTools
    {
        readonly Account account;
        readonly AccountBroker broker;

        internal TraderTools(Account account, AccountBroker broker)
        {
            this.account = account;
            this.broker = broker;
        }

        internal AtmStrategy StartAtm(string template, Order entry)
        {
            var strategy = new AtmStrategy { Name = template, Template = template, Account = account, Id = entry.Id, State = State.Realtime };
            entry.Truth.Bracket = new Bracket { StopTicks = 20, TargetTicks = 40 };
            entry.Owner = strategy;
            broker.Submit(new[] { entry });
            return strategy;
        }

        /** What follows a fill by itself. */
        internal void Follow(BrokerFill fill)
        {
            var order = fill.Order;
            if (order.Bracket != null) broker.Worker.After(broker.Faults.BracketMs, () => PlaceBracket(order, order.Bracket, order.Sign * order.Filled));
            if (fill.PositionAfter != 0) return;
            var before = -order.Sign * fill.Quantity;
            if (AccountBroker.Take(ref broker.Faults.LateBracket))
            {
                var bracket = order.Bracket ?? new Bracket { StopTicks = 20, TargetTicks = 40 };
                broker.Worker.After(broker.Faults.LateBracketMs, () => PlaceBracket(order, bracket, before));
            }
            if (AccountBroker.Take(ref broker.Faults.Reenter))
            {
                broker.Worker.After(broker.Faults.ReenterMs, () => OpenByStrategy(order.Instrument, Math.Sign(before) * broker.Faults.ReenterQuantity));
            }
        }

        void PlaceBracket(BrokerOrder entry, Bracket bracket, int signed)
        {
            var master = entry.Instrument.MasterInstrument;
            var at = master.RoundToTickSize(entry.FilledValue / Math.Max(1, entry.Filled));
            var oco = Guid.NewGuid().ToString("N");
            var exit = signed > 0 ? OrderAction.Sell : OrderAction.BuyToCover;
            var side = Math.Sign(signed) * master.TickSize;
            var owner = entry.Shown.Owner as AtmStrategy
                ?? new AtmStrategy { Name = "ATM", Template = "ATM", Account = account, Id = entry.Shown.Id, State = State.Realtime };
            var stop = Leg(entry, owner, exit, "Stop1", OrderType.StopMarket, Math.Abs(signed), oco);
            stop.StopPrice = stop.Truth.Stop = master.RoundToTickSize(at - side * bracket.StopTicks);
            var target = Leg(entry, owner, exit, "Target1", OrderType.Limit, Math.Abs(signed), oco);
            target.LimitPrice = target.Truth.Limit = master.RoundToTickSize(at + side * bracket.TargetTicks);
            lock (owner.LiveOrders)
            {
                owner.LiveOrders.Add(stop);
                owner.LiveOrders.Add(target);
            }
            broker.Arrive(new[] { stop, target });
        }

        Order Leg(BrokerOrder entry, AtmStrategy owner, OrderAction action, string name, OrderType type, int quantity, string oco)
        {
            return broker.Build(new OrderTerms
            {
                Instrument = entry.Instrument, Action = action, Type = type, Entry = OrderEntry.Automated, Tif = TimeInForce.Gtc,
                Quantity = quantity, Oco = oco, Name = name, Gtd = NinjaTrader.Core.Globals.MaxDate, Owner = owner
            });
        }

        void OpenByStrategy(Instrument instrument, int signed)
        {
            var strategy = account.Strategies.Count == 0 ? AddStrategy() : StrategyOf();
            var order = broker.Build(new OrderTerms
            {
                Instrument = instrument, Action = signed > 0 ? OrderAction.Buy : OrderAction.SellShort, Type = OrderType.Market,
                Entry = OrderEntry.Automated, Tif = TimeInForce.Day, Quantity = Math.Abs(signed), Name = "Reentry",
                Gtd = NinjaTrader.Core.Globals.MaxDate, Owner = strategy
            });
            broker.Arrive(new[] { order });
        }

        StrategyBase AddStrategy()
        {
            var strategy = new TestStrategy { Name = "Test strategy", Account = account, Id = account.Id, State = State.Realtime };
            lock (account.Strategies) account.Strategies.Add(strategy);
            return strategy;
        }

        StrategyBase StrategyOf() { lock (account.Strategies) return account.Strategies[0]; }
    }
}
