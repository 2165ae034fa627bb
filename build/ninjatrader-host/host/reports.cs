using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** What a test may ask: the broker's truth, what NinjaTrader shows, and how the AddOn behaves. */
    internal static class Reports
    {
        internal static Map Books(Account account)
        {
            return account.Broker.Worker.Ask(() =>
            {
                var broker = account.Broker;
                var books = broker.Books;
                return new Map
                {
                    { "account", account.Name },
                    { "isUp", broker.IsUp },
                    { "cash", books.Cash },
                    { "gross", books.Gross },
                    { "commission", books.Commission },
                    { "unrealized", books.Unrealized },
                    { "positions", books.Open.Select(each => new Map
                        {
                            { "instrument", each.Key.FullName }, { "quantity", each.Value.Quantity }, { "averagePrice", each.Value.Average }
                        }).ToArray() },
                    { "liveOrders", broker.Live.Select(Order).ToArray() },
                    { "fillCount", books.Fills.Count },
                    { "fills", books.Fills.Skip(books.Fills.Count - 1000).Select(Fill).ToArray() }
                };
            });
        }

        internal static Map Shown(Account account)
        {
            Position[] positions;
            Order[] orders;
            int executions;
            lock (account.Positions) positions = account.Positions.ToArray();
            lock (account.Orders) orders = account.Orders.ToArray();
            lock (account.Executions) executions = account.Executions.Count;
            return new Map
            {
                { "account", account.Name },
                { "connection", account.Connection == null ? null : account.Connection.Options.Name },
                { "status", account.ConnectionStatus },
                { "positions", positions.Select(each => new Map
                    {
                        { "instrument", each.Instrument.FullName },
                        { "quantity", each.MarketPosition == MarketPosition.Short ? -each.Quantity : each.Quantity },
                        { "averagePrice", each.AveragePrice }
                    }).ToArray() },
                { "orders", orders.Skip(orders.Length - 1000).Select(each => new Map
                    {
                        { "id", each.Id }, { "brokerId", each.OrderId }, { "name", each.Name }, { "instrument", each.Instrument.FullName },
                        { "action", each.OrderAction }, { "type", each.OrderType }, { "entry", each.OrderEntry }, { "quantity", each.Quantity },
                        { "filled", each.Filled }, { "limit", each.LimitPrice }, { "stop", each.StopPrice }, { "oco", each.Oco },
                        { "state", each.OrderState }
                    }).ToArray() },
                { "executionCount", executions },
                { "items", account.Broker.Items.All.Select(each => new Map { { "item", each.AccountItem }, { "value", each.Value } }).ToArray() }
            };
        }

        internal static Map[] Executions(Account account)
        {
            Execution[] executions;
            lock (account.Executions) executions = account.Executions.ToArray();
            return executions.Select(each => new Map
            {
                { "executionId", each.ExecutionId }, { "instrument", each.Instrument.FullName }, { "side", each.MarketPosition },
                { "quantity", each.Quantity }, { "price", each.Price }, { "commission", each.Commission },
                { "positionAfter", each.Position }, { "time", each.Time }
            }).ToArray();
        }

        internal static Map[] Handlers()
        {
            return HandlerTimings.All.Where(each => each.Count > 0).OrderBy(each => each.Name).Select(Timing).ToArray();
        }

        internal static Map Timing(HandlerTiming each)
        {
            return new Map
            {
                { "handler", each.Name }, { "count", each.Count }, { "p50Ms", each.Quantile(0.5) }, { "p99Ms", each.Quantile(0.99) },
                { "maxMs", each.MaxMs }, { "slow", each.Slow }, { "excused", each.Excused }
            };
        }

        internal static Map Violation(Violation each)
        {
            return new Map { { "kind", each.Kind }, { "detail", each.Detail }, { "thread", each.Thread } };
        }

        /** Megabytes; the host's own books are part of both. */
        internal static Map Memory()
        {
            return new Map
            {
                { "managedMb", System.GC.GetTotalMemory(true) / 1048576.0 }, { "rssMb", RssMb() },
                { "threads", Process.GetCurrentProcess().Threads.Count }
            };
        }

        static double RssMb()
        {
            const string status = "/proc/self/status";
            if (!File.Exists(status)) return Process.GetCurrentProcess().WorkingSet64 / 1048576.0;
            var line = File.ReadAllLines(status).First(each => each.StartsWith("VmRSS:", System.StringComparison.Ordinal));
            return double.Parse(line.Substring(6).Replace("kB", "").Trim(), CultureInfo.InvariantCulture) / 1024;
        }

        static Map Order(BrokerOrder order)
        {
            return new Map
            {
                { "id", order.Shown.Id }, { "name", order.Shown.Name }, { "instrument", order.Instrument.FullName },
                { "action", order.Shown.OrderAction }, { "type", order.Type }, { "quantity", order.Quantity }, { "filled", order.Filled },
                { "limit", order.Limit }, { "stop", order.Stop }, { "oco", order.Shown.Oco }, { "atExchange", order.IsAtExchange },
                { "cancelRequested", order.CancelRequested }
            };
        }

        static Map Fill(BrokerFill fill)
        {
            return new Map
            {
                { "id", fill.Id }, { "orderId", fill.Order.Shown.Id }, { "orderName", fill.Order.Shown.Name },
                { "instrument", fill.Order.Instrument.FullName }, { "quantity", fill.Order.Sign * fill.Quantity }, { "price", fill.Price },
                { "positionAfter", fill.PositionAfter }, { "utcMs", (long)(fill.Utc - new System.DateTime(1970, 1, 1)).TotalMilliseconds }
            };
        }
    }
}
