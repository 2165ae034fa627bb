using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;
using NinjaTrader.NinjaScript;

namespace NinjaTraderHost
{
    /**
     * The broker's side of one account. Orders live here with their truth; what NinjaTrader shows of it is told by
     * AccountView. Everything happens on the account's own thread.
     */
    internal sealed class AccountBroker
    {
        const int InsideSubmitMs = 2000;
        static long lastOrderId = 1000;
        static long lastFillId;

        readonly Account account;
        readonly AccountView view;
        readonly List<BrokerOrder> live = new List<BrokerOrder>();
        readonly HashSet<string> usedOcos = new HashSet<string>();
        readonly Dictionary<Instrument, List<Quote>> moved = new Dictionary<Instrument, List<Quote>>();
        readonly FlattenRounds flattens;
        readonly TraderTools tools;

        internal AccountBroker(Account account)
        {
            this.account = account;
            Worker = new Worker("account " + account.Name);
            Books = new Books(account.SimulatorInitialCash);
            History = new OrderHistory();
            Items = new ShownItems(account);
            Faults = new Faults();
            view = new AccountView(account, this);
            flattens = new FlattenRounds(account, this);
            tools = new TraderTools(account, this);
            MarketBook.Moved += OnMarketMoved;
        }

        internal Worker Worker { get; private set; }
        internal Books Books { get; private set; }
        internal OrderHistory History { get; private set; }
        internal ShownItems Items { get; private set; }
        internal Faults Faults { get; private set; }
        internal AccountView View { get { return view; } }
        internal IEnumerable<BrokerOrder> Live { get { return live; } }
        internal bool IsUp { get; private set; }

        internal Order Build(OrderTerms terms)
        {
            var id = Interlocked.Increment(ref lastOrderId);
            var master = terms.Instrument.MasterInstrument;
            var order = new Order
            {
                Account = account, Instrument = terms.Instrument, Id = id, OrderId = Guid.NewGuid().ToString("N"),
                Name = terms.Name ?? string.Empty, Oco = terms.Oco ?? string.Empty, FromEntrySignal = string.Empty,
                OrderAction = terms.Action, OrderType = terms.Type, OrderEntry = terms.Entry, TimeInForce = terms.Tif,
                Gtd = terms.Gtd, Quantity = terms.Quantity, LimitPrice = terms.Limit, StopPrice = terms.Stop,
                QuantityChanged = terms.Quantity, LimitPriceChanged = terms.Limit, StopPriceChanged = terms.Stop,
                OrderState = OrderState.Initialized, Time = PlatformClock.Now, Owner = terms.Owner
            };
            var isOffTick = Math.Abs(master.RoundToTickSize(terms.Limit) - terms.Limit) > 1e-9
                || Math.Abs(master.RoundToTickSize(terms.Stop) - terms.Stop) > 1e-9;
            order.Truth = new BrokerOrder
            {
                Shown = order, Quantity = terms.Quantity, Limit = terms.Limit, Stop = terms.Stop, Bracket = terms.Bracket,
                End = isOffTick ? "price is not on a tick" : string.Empty
            };
            return order;
        }

        internal void Submit(Order[] orders)
        {
            if (Faults.EventsInsideSubmit && !Worker.IsCurrent)
            {
                try { Worker.Ask(() => { Arrive(orders); return true; }, InsideSubmitMs); }
                catch (TimeoutException) { Violations.Record("heldInSubmit", "a handler waits for the thread that submits"); }
                return;
            }
            Worker.Post(() => Arrive(orders));
        }

        internal void Cancel(Order[] orders)
        {
            Worker.Post(() => { foreach (var order in orders) CancelOne(order.Truth); });
        }

        internal void CancelWhere(Func<Order, bool> wanted)
        {
            Worker.Post(() => { foreach (var order in live.Where(each => wanted(each.Shown)).ToArray()) CancelOne(order); });
        }

        internal void Change(Order[] orders)
        {
            var wanted = orders
                .Select(order => new { order, order.QuantityChanged, order.LimitPriceChanged, order.StopPriceChanged })
                .ToArray();
            Worker.Post(() =>
            {
                foreach (var each in wanted) ChangeOne(each.order.Truth, each.QuantityChanged, each.LimitPriceChanged, each.StopPriceChanged);
            });
        }

        /** Null stands for every instrument that NinjaTrader shows a position or a live order in. */
        internal void Flatten(Instrument[] instruments, string name) { flattens.Begin(instruments, name); }

        internal AtmStrategy StartAtm(string template, Order entry) { return tools.StartAtm(template, entry); }

        internal void OnUp(bool again)
        {
            Worker.Ask(() => { IsUp = true; view.OnUp(again); return true; });
        }

        internal void OnDown(bool onPurpose)
        {
            Worker.Ask(() =>
            {
                IsUp = false;
                if (onPurpose && Faults.ZerosOnDisconnect) Items.Zero();
                return true;
            });
        }

        internal void CancelOne(BrokerOrder order)
        {
            if (order == null || order.IsOver || order.CancelRequested || !IsUp) return;
            order.CancelRequested = true;
            view.State(order, OrderState.CancelPending);
            if (!Faults.OrphanLeg) foreach (var mate in MatesOf(order)) CancelOne(mate);
            Worker.After(Faults.CancelSubmitMs, () =>
            {
                if (order.IsOver) return;
                view.State(order, OrderState.CancelSubmitted);
                if (Take(ref Faults.FillInFlight)) FillAll(order, RestingPrice(order));
                if (Faults.Cancel == "never") return;
                Worker.After(Faults.Cancel == "slow" ? Faults.CancelMs : Faults.CancelConfirmMs, () => End(order, "cancelled", OrderState.Cancelled));
            });
        }

        /** On the account's thread. */
        internal void Arrive(Order[] orders)
        {
            foreach (var order in orders)
            {
                if (order.OrderState != OrderState.Initialized) continue;
                ArriveOne(order.Truth);
            }
        }

        /** An order that was live when the platform ended; what was on its way has reached the exchange meanwhile. */
        internal void Resume(BrokerOrder order)
        {
            live.Add(order);
            order.IsAtExchange = true;
            view.State(order, OrderState.Working);
            TryFill(order);
        }

        /** Ids go on behind those of the time before a restart. */
        internal static void CountOn(long orderId, long fillId)
        {
            lastOrderId = Math.Max(lastOrderId, orderId);
            lastFillId = Math.Max(lastFillId, fillId);
        }

        /** What has gone wrong is said and done with. */
        internal static bool Take(ref int count)
        {
            if (count == 0) return false;
            if (count > 0) count -= 1;
            return true;
        }

        void ArriveOne(BrokerOrder order)
        {
            var shown = order.Shown;
            lock (account.Orders) account.Orders.Add(shown);
            History.Arrive(order);
            if (!IsUp)
            {
                order.IsOver = true;
                History.End(order);
                view.State(order, OrderState.Rejected, ErrorCode.UnableToSubmitOrder, "not connected", true);
                return;
            }
            view.State(order, OrderState.Submitted);
            live.Add(order);
            OnItsWay(Faults.ToBrokerMs, () =>
            {
                if (order.IsOver) return;
                var why = RefusalOf(order);
                if (why != null)
                {
                    End(order, "rejected", OrderState.Rejected, ErrorCode.OrderRejected, why);
                    return;
                }
                if (shown.Oco.Length > 0) usedOcos.Add(shown.Oco);
                // The broker's own name for the order, which replaces the one given here.
                shown.OrderId = (9000000 + shown.Id).ToString(CultureInfo.InvariantCulture);
                if (!order.CancelRequested) view.State(order, OrderState.Accepted);
                OnItsWay(Faults.ToExchangeMs, () => Reach(order));
            });
        }

        /** Without a delay a simulated exchange answers in the same breath. */
        void OnItsWay(double ms, Action job)
        {
            if (ms <= 0 && Faults.EventsInsideSubmit) job();
            else Worker.After(ms, job);
        }

        void Reach(BrokerOrder order)
        {
            if (order.IsOver) return;
            order.IsAtExchange = true;
            if (!order.CancelRequested)
            {
                var isStop = order.Type == OrderType.StopMarket || order.Type == OrderType.StopLimit;
                if (isStop && Faults.Stops == "triggerPending") view.State(order, OrderState.TriggerPending);
                else if (!isStop || Faults.Stops != "accepted") view.State(order, OrderState.Working);
            }
            TryFill(order);
        }

        string RefusalOf(BrokerOrder order)
        {
            if (order.End.Length > 0) return order.End;
            if (order.Quantity <= 0) return "quantity must be positive";
            var oco = order.Shown.Oco;
            if (oco.Length > 0 && usedOcos.Contains(oco) && !live.Any(each => each != order && each.Shown.Oco == oco && !each.CancelRequested))
            {
                return "OCO ID was used before";
            }
            if (Take(ref Faults.RejectAny)) return Faults.RejectComment;
            var position = Books.PositionIn(order.Instrument).Quantity;
            var reduces = position != 0 && Math.Sign(position) == -order.Sign;
            return reduces && Take(ref Faults.RejectClose) ? Faults.RejectComment : null;
        }

        void ChangeOne(BrokerOrder order, int quantity, double limit, double stop)
        {
            if (order == null || order.IsOver || order.CancelRequested || !IsUp) return;
            view.State(order, OrderState.ChangePending);
            Worker.After(Faults.ChangeMs, () =>
            {
                if (order.IsOver) return;
                view.State(order, OrderState.ChangeSubmitted);
                Worker.After(Faults.ChangeMs, () => Changed(order, quantity, limit, stop));
            });
        }

        void Changed(BrokerOrder order, int quantity, double limit, double stop)
        {
            if (order.IsOver) return;
            if (Faults.ChangeRefused || quantity <= order.Filled)
            {
                view.State(order, OrderState.Working, ErrorCode.UnableToChangeOrder, "the broker refused the change", false);
                return;
            }
            order.Quantity = quantity;
            order.Limit = limit;
            order.Stop = stop;
            order.Shown.Quantity = quantity;
            order.Shown.LimitPrice = limit;
            order.Shown.StopPrice = stop;
            view.State(order, OrderState.Accepted);
            view.State(order, OrderState.Working);
            TryFill(order);
        }

        /** No quote is passed over: a price that was there for a moment has filled what it reached. */
        void OnMarketMoved(Instrument instrument, Quote quote)
        {
            lock (moved)
            {
                List<Quote> waiting;
                if (moved.TryGetValue(instrument, out waiting))
                {
                    waiting.Add(quote);
                    return;
                }
                moved[instrument] = new List<Quote> { quote };
            }
            Worker.Post(() => Match(instrument));
        }

        void Match(Instrument instrument)
        {
            List<Quote> quotes;
            lock (moved)
            {
                quotes = moved[instrument];
                moved.Remove(instrument);
            }
            foreach (var quote in quotes)
            {
                foreach (var order in live.Where(each => each.Instrument == instrument).ToArray()) TryFill(order, quote);
            }
            if (Books.PositionIn(instrument).Quantity != 0) view.TellItems();
        }

        void TryFill(BrokerOrder order) { TryFill(order, order.Instrument.Market.Quote); }

        void TryFill(BrokerOrder order, Quote quote)
        {
            if (order.IsOver || !order.IsAtExchange || order.FillScheduled) return;
            var price = order.PriceAt(quote);
            if (!price.HasValue) return;
            var cap = Faults.FillCap > 0 ? Faults.FillCap : order.Remaining;
            Fill(order, Math.Min(cap, order.Remaining), price.Value);
            if (order.IsOver) return;
            order.FillScheduled = true;
            Worker.After(Faults.FillEveryMs, () => { order.FillScheduled = false; TryFill(order); });
        }

        static double RestingPrice(BrokerOrder order)
        {
            var quote = order.Instrument.Market.Quote;
            if (order.Limit != 0) return order.Limit;
            if (order.Stop != 0) return order.Stop;
            return quote == null ? 0 : quote.Last;
        }

        void FillAll(BrokerOrder order, double price)
        {
            if (!order.IsOver && price != 0) Fill(order, order.Remaining, price);
        }

        void Fill(BrokerOrder order, int quantity, double price)
        {
            order.Filled += quantity;
            order.FilledValue += quantity * price;
            var fill = new BrokerFill
            {
                Id = "9369100|" + Interlocked.Increment(ref lastFillId).ToString(CultureInfo.InvariantCulture) + "|" + order.Shown.Id.ToString(CultureInfo.InvariantCulture),
                Order = order, Quantity = quantity, Price = price, Utc = DateTime.UtcNow + PlatformClock.Offset,
                Moment = History.Next()
            };
            Books.Apply(fill);
            if (order.Remaining == 0)
            {
                order.IsOver = true;
                order.End = "filled";
                live.Remove(order);
                History.End(order);
            }
            view.Fill(fill);
            if (!order.IsOver) return;
            if (!Faults.OrphanLeg) foreach (var mate in MatesOf(order)) CancelOne(mate);
            tools.Follow(fill);
        }

        void End(BrokerOrder order, string end, OrderState state, ErrorCode error = ErrorCode.NoError, string comment = "")
        {
            if (order.IsOver) return;
            order.IsOver = true;
            order.End = end;
            live.Remove(order);
            History.End(order);
            view.State(order, state, error, comment, false);
        }

        BrokerOrder[] MatesOf(BrokerOrder order)
        {
            var oco = order.Shown.Oco;
            if (oco.Length == 0) return new BrokerOrder[0];
            return live.Where(each => each != order && each.Shown.Oco == oco).ToArray();
        }
    }
}
