using System;
using System.Threading.Tasks;
using NinjaTraderHost;

namespace NinjaTrader.Cbi
{
    /** A live object, taken out of Account.Positions when it becomes flat. */
    public class Position
    {
        internal Position(Account account, Instrument instrument)
        {
            Account = account;
            Instrument = instrument;
            MarketPosition = MarketPosition.Flat;
        }

        public Account Account { get; private set; }
        public Instrument Instrument { get; private set; }
        public MarketPosition MarketPosition { get; internal set; }
        public int Quantity { get; internal set; }
        public double AveragePrice { get; internal set; }

        public double GetUnrealizedProfitLoss(PerformanceUnit unit, double price = double.MinValue)
        {
            var at = price == double.MinValue ? GetMarketPrice() : price;
            if (at == 0 || MarketPosition == MarketPosition.Flat) return 0;
            var points = (at - AveragePrice) * (MarketPosition == MarketPosition.Long ? 1 : -1);
            if (unit == PerformanceUnit.Points) return points;
            if (unit == PerformanceUnit.Ticks) return points / Instrument.MasterInstrument.TickSize;
            return points * Quantity * Instrument.MasterInstrument.PointValue;
        }

        public double GetMarketPrice()
        {
            var quote = Instrument.Market.Quote;
            return quote == null ? 0 : quote.Last;
        }

        public Task Close(string signalName)
        {
            LockWatch.Check("Position.Close");
            Account.Broker.Flatten(new[] { Instrument }, signalName);
            return Task.FromResult(true);
        }
    }

    public class PositionEventArgs : EventArgs
    {
        internal PositionEventArgs(Position position, Operation operation)
        {
            Position = position;
            MarketPosition = position.MarketPosition;
            Quantity = position.Quantity;
            AveragePrice = position.AveragePrice;
            Operation = operation;
        }

        public Position Position { get; private set; }
        public MarketPosition MarketPosition { get; private set; }
        public int Quantity { get; private set; }
        public double AveragePrice { get; private set; }
        public Operation Operation { get; private set; }
    }
}
