using System;

namespace NinjaTrader.Cbi
{
    public class Execution
    {
        internal Execution() { }

        public Account Account { get; internal set; }
        public Instrument Instrument { get; internal set; }
        public Order Order { get; internal set; }
        public string ExecutionId { get; internal set; }
        public string OrderId { get; internal set; }
        public long Id { get; internal set; }
        public MarketPosition MarketPosition { get; internal set; }
        public int Quantity { get; internal set; }
        public double Price { get; internal set; }
        public DateTime Time { get; internal set; }
        public double Commission { get; internal set; }
        public double Fee { get { return 0; } }
        public double Rate { get { return 1; } }
        public string Name { get; internal set; }
        public int Position { get; internal set; }
        public bool IsEntry { get; internal set; }
        public bool IsExit { get; internal set; }
        public bool IsInitialEntry { get; internal set; }
        public bool IsLastExit { get; internal set; }
        public bool IsSod { get; internal set; }

        /** The same fill as it comes again after a reconnect: without its order, and no longer entry or exit. */
        internal Execution Replayed()
        {
            return new Execution
            {
                Account = Account, Instrument = Instrument, Order = null, ExecutionId = ExecutionId, OrderId = OrderId,
                Id = Id, MarketPosition = MarketPosition, Quantity = Quantity, Price = Price, Time = Time,
                Commission = Commission, Name = Name, Position = Position
            };
        }
    }

    public class ExecutionEventArgs : EventArgs
    {
        internal ExecutionEventArgs(Execution execution)
        {
            Execution = execution;
            ExecutionId = execution.ExecutionId;
            OrderId = execution.OrderId;
            Price = execution.Price;
            Quantity = execution.Quantity;
            MarketPosition = execution.MarketPosition;
            Operation = Operation.Add;
            Time = execution.Time;
            IsSod = execution.IsSod;
        }

        public Execution Execution { get; private set; }
        public string ExecutionId { get; private set; }
        public string OrderId { get; private set; }
        public double Price { get; private set; }
        public int Quantity { get; private set; }
        public MarketPosition MarketPosition { get; private set; }
        public Operation Operation { get; private set; }
        public DateTime Time { get; private set; }
        public bool IsSod { get; private set; }
    }
}
