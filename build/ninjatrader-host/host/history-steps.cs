using System;
using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** Everything that ever happened to an account at its broker, and how it outlives the platform's process. */
    internal static class HistorySteps
    {
        static readonly DateTime epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        internal static void Add(IDictionary<string, Func<Step, Map>> steps)
        {
            steps["history"] = step =>
            {
                var account = step.Account;
                return account.Broker.Worker.Ask(() => HistoryOf(account));
            };
            steps["freeze"] = step => new Map
            {
                { "accounts", World.Accounts.Select(account => account.Broker.Worker.AskLast(() => HistoryOf(account))).ToArray() }
            };
            steps["recall"] = step =>
            {
                var account = step.Account;
                return account.Broker.Worker.Ask(() => Recall(account, step));
            };
        }

        static Map HistoryOf(Account account)
        {
            var broker = account.Broker;
            return new Map
            {
                { "account", account.Name },
                { "orders", broker.History.Lives.Select(Life).ToArray() },
                { "fills", broker.Books.Fills.Select(Fill).ToArray() },
                { "positions", broker.Books.Open.Select(each => new Map
                    {
                        { "instrument", each.Key.FullName }, { "quantity", each.Value.Quantity }
                    }).ToArray() }
            };
        }

        static Map Life(OrderLife life)
        {
            var order = life.Order;
            var shown = order.Shown;
            return new Map
            {
                { "id", shown.Id }, { "brokerId", shown.OrderId }, { "name", shown.Name }, { "instrument", order.Instrument.FullName },
                { "action", shown.OrderAction }, { "type", order.Type }, { "entry", shown.OrderEntry }, { "tif", shown.TimeInForce },
                { "quantity", order.Quantity }, { "filled", order.Filled }, { "filledValue", order.FilledValue },
                { "limit", order.Limit }, { "stop", order.Stop }, { "oco", shown.Oco }, { "end", order.End },
                { "arrived", life.Arrived }, { "arrivedUtcMs", UtcMs(life.ArrivedUtc) },
                { "ended", life.Ended }, { "endedUtcMs", life.Ended == 0 ? 0 : UtcMs(life.EndedUtc) }
            };
        }

        static Map Fill(BrokerFill fill)
        {
            return new Map
            {
                { "id", fill.Id }, { "orderId", fill.Order.Shown.Id }, { "orderName", fill.Order.Shown.Name },
                { "instrument", fill.Order.Instrument.FullName }, { "quantity", fill.Order.Sign * fill.Quantity }, { "price", fill.Price },
                { "positionAfter", fill.PositionAfter }, { "utcMs", UtcMs(fill.Utc) }, { "moment", fill.Moment }
            };
        }

        /** Gives a new account what `freeze` told of it. */
        static Map Recall(Account account, Step step)
        {
            var broker = account.Broker;
            if (broker.IsUp) throw new StepFault("the account is connected already");
            var orders = step.Steps("orders").Select(told => OrderOf(account, told)).ToDictionary(life => life.Order.Shown.Id);
            var fills = step.Steps("fills").Select(told => FillOf(orders, told)).ToArray();
            foreach (var fill in fills)
            {
                broker.Books.Apply(fill);
                broker.History.Recall(fill.Moment);
                broker.View.Recall(fill);
                AccountBroker.CountOn(fill.Order.Shown.Id, long.Parse(fill.Id.Split('|')[1]));
            }
            foreach (var life in orders.Values)
            {
                broker.History.Recall(life);
                AccountBroker.CountOn(life.Order.Shown.Id, 0);
            }
            foreach (var life in orders.Values.Where(each => each.Ended == 0))
            {
                lock (account.Orders) account.Orders.Add(life.Order.Shown);
                broker.Resume(life.Order);
            }
            return null;
        }

        static OrderLife OrderOf(Account account, Step told)
        {
            var shown = account.Broker.Build(new OrderTerms
            {
                Instrument = told.Instrument, Action = told.Enum("action", OrderAction.Buy), Type = told.Enum("type", OrderType.Market),
                Entry = told.Enum("entry", OrderEntry.Manual), Tif = told.Enum("tif", TimeInForce.Day), Quantity = told.Whole("quantity", 1),
                Limit = told.Number("limit", 0), Stop = told.Number("stop", 0), Oco = told.Text("oco", string.Empty),
                Name = told.Text("name", string.Empty), Gtd = NinjaTrader.Core.Globals.MaxDate
            });
            shown.Id = (long)told.Number("id");
            shown.OrderId = told.Text("brokerId");
            shown.Filled = told.Whole("filled", 0);
            var order = shown.Truth;
            order.Filled = shown.Filled;
            order.FilledValue = told.Number("filledValue", 0);
            order.End = told.Text("end", string.Empty);
            var life = new OrderLife
            {
                Order = order, Arrived = told.Whole("arrived", 0), ArrivedUtc = Utc(told.Number("arrivedUtcMs")),
                Ended = told.Whole("ended", 0), EndedUtc = Utc(told.Number("endedUtcMs"))
            };
            order.IsOver = life.Ended != 0;
            return life;
        }

        static BrokerFill FillOf(IDictionary<long, OrderLife> orders, Step told)
        {
            return new BrokerFill
            {
                Id = told.Text("id"), Order = orders[(long)told.Number("orderId")].Order, Quantity = Math.Abs(told.Whole("quantity", 0)),
                Price = told.Number("price"), Utc = Utc(told.Number("utcMs")), Moment = told.Whole("moment", 0)
            };
        }

        static double UtcMs(DateTime utc) { return Math.Round((utc - epoch).TotalMilliseconds, 3); }

        static DateTime Utc(double ms) { return epoch.AddTicks((long)(ms * TimeSpan.TicksPerMillisecond)); }
    }
}
