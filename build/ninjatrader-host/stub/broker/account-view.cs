using System;
using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** What NinjaTrader shows and tells of one account: late, sometimes wrong, and nothing while the line is down. */
    internal sealed class AccountView
    {
        readonly Account account;
        readonly AccountBroker broker;
        readonly List<BrokerFill> missedFills = new List<BrokerFill>();
        readonly HashSet<BrokerOrder> missedOrders = new HashSet<BrokerOrder>();

        internal AccountView(Account account, AccountBroker broker)
        {
            this.account = account;
            this.broker = broker;
        }

        bool Hears { get { return broker.IsUp && !broker.Faults.Silent; } }

        internal void State(BrokerOrder order, OrderState state) { State(order, state, ErrorCode.NoError, string.Empty, false); }

        /** A platform's own refusal (not of the broker) is told even without a line. */
        internal void State(BrokerOrder order, OrderState state, ErrorCode error, string comment, bool always)
        {
            if (!Hears && !always)
            {
                missedOrders.Add(order);
                return;
            }
            var shown = order.Shown;
            shown.OrderState = state;
            shown.Time = At(PlatformClock.Now);
            account.OrderUpdates.Raise(account, new OrderEventArgs(shown, error, comment));
        }

        internal void Fill(BrokerFill fill)
        {
            if (!Hears)
            {
                missedFills.Add(fill);
                return;
            }
            TellOrderOf(fill);
            var execution = Show(fill);
            var delay = broker.Faults.PositionDelayMs;
            if (broker.Faults.PositionFirst)
            {
                TellPosition(fill);
                broker.Worker.After(delay, () => TellExecution(execution));
                return;
            }
            TellExecution(execution);
            if (broker.Faults.Position == "late") delay = broker.Faults.PositionMs;
            broker.Worker.After(delay, () => TellPosition(fill));
        }

        internal void TellItems()
        {
            if (Hears) broker.Items.Tell(broker.Books);
        }

        internal void OnUp(bool again)
        {
            foreach (var order in missedOrders.ToArray())
            {
                if (order.IsOver && order.End != "filled") State(order, EndOf(order));
                else if (order.IsLive && !broker.Faults.UnknownAfterReconnect) State(order, OrderState.Working);
            }
            missedOrders.Clear();
            if (again && broker.Faults.UnknownAfterReconnect)
            {
                foreach (var order in broker.Live.ToArray()) State(order, OrderState.Unknown);
            }
            foreach (var fill in missedFills.ToArray())
            {
                TellOrderOf(fill);
                TellExecution(Show(fill, true));
            }
            missedFills.Clear();
            if (again && broker.Faults.ReplayOnReconnect) ReplayExecutions();
            foreach (var instrument in InstrumentsShownOrHeld()) ShowTruth(instrument);
            TellItems();
        }

        internal void ReplayExecutions()
        {
            Execution[] known;
            lock (account.Executions) known = account.Executions.ToArray();
            foreach (var each in known) account.ExecutionUpdates.Raise(account, new ExecutionEventArgs(each.Replayed()));
        }

        /** Lists a fill of the time before a restart without telling it, as NinjaTrader does. */
        internal void Recall(BrokerFill fill) { Show(fill); }

        /** Shows the true position, unless the account is told to lie. */
        internal void ShowTruth(Instrument instrument)
        {
            var truth = broker.Books.PositionIn(instrument);
            ShowPosition(instrument, truth.Quantity, truth.Average);
        }

        internal void ShowPosition(Instrument instrument, int quantity, double average)
        {
            if (!Hears) return;
            if (broker.Faults.Position == "lying") quantity = broker.Faults.PositionShows;
            Position position;
            Operation operation;
            lock (account.Positions)
            {
                position = account.Positions.FirstOrDefault(each => each.Instrument == instrument);
                if (position == null && quantity == 0) return;
                operation = position == null ? Operation.Add : quantity == 0 ? Operation.Remove : Operation.Update;
                if (position == null)
                {
                    position = new Position(account, instrument);
                    account.Positions.Add(position);
                }
                position.MarketPosition = quantity == 0 ? MarketPosition.Flat : quantity > 0 ? MarketPosition.Long : MarketPosition.Short;
                position.Quantity = Math.Abs(quantity);
                position.AveragePrice = quantity == 0 ? 0 : average;
                if (quantity == 0) account.Positions.Remove(position);
            }
            account.PositionUpdates.Raise(account, new PositionEventArgs(position, operation));
        }

        internal DateTime At(DateTime time) { return time.AddMilliseconds(broker.Faults.TimeOffsetMs); }

        void TellOrderOf(BrokerFill fill)
        {
            var order = fill.Order;
            order.Shown.Filled = order.Filled;
            order.Shown.AverageFillPrice = order.FilledValue / order.Filled;
            State(order, order.Filled >= order.Quantity ? OrderState.Filled : OrderState.PartFilled);
        }

        Execution Show(BrokerFill fill, bool isLate = false)
        {
            var order = fill.Order.Shown;
            var before = fill.PositionAfter - fill.Order.Sign * fill.Quantity;
            var isEntry = before == 0 || Math.Sign(before) == fill.Order.Sign;
            var execution = new Execution
            {
                Account = account, Instrument = order.Instrument, Order = order, ExecutionId = fill.Id, OrderId = order.OrderId,
                Id = order.Id * 1000 + order.Filled, Name = order.Name, Quantity = fill.Quantity, Price = fill.Price,
                MarketPosition = fill.Order.IsBuy ? MarketPosition.Long : MarketPosition.Short, Time = At(isLate && broker.Faults.DeliveryTimes ? PlatformClock.Now : PlatformClock.FromUtc(fill.Utc)),
                Commission = Math.Round(fill.Quantity * Contracts.RootOf(order.Instrument).Commission, 2), Position = fill.PositionAfter,
                IsEntry = isEntry, IsExit = !isEntry, IsInitialEntry = before == 0, IsLastExit = fill.PositionAfter == 0
            };
            fill.Shown = execution;
            lock (account.Executions) account.Executions.Add(execution);
            return execution;
        }

        void TellExecution(Execution execution)
        {
            if (!Hears || broker.Faults.Execution == "dropped") return;
            account.ExecutionUpdates.Raise(account, new ExecutionEventArgs(execution));
            if (broker.Faults.Execution == "replayed")
            {
                account.ExecutionUpdates.Raise(account, new ExecutionEventArgs(execution.Replayed()));
            }
        }

        void TellPosition(BrokerFill fill)
        {
            if (broker.Faults.Position == "lost") return;
            ShowPosition(fill.Order.Instrument, fill.PositionAfter, fill.AverageAfter);
            broker.Worker.After(broker.Faults.ItemsDelayMs, TellItems);
        }

        Instrument[] InstrumentsShownOrHeld()
        {
            lock (account.Positions)
            {
                return account.Positions.Select(each => each.Instrument)
                    .Concat(broker.Books.Open.Select(each => each.Key)).Distinct().ToArray();
            }
        }

        static OrderState EndOf(BrokerOrder order)
        {
            return order.End == "rejected" ? OrderState.Rejected : OrderState.Cancelled;
        }
    }
}
