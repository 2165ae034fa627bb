using System;
using System.Collections.Generic;
using NinjaTrader.Cbi;
using NinjaTraderHost;

namespace NinjaTrader.Data
{
    public class MarketData
    {
        readonly EventHub update = new EventHub("MarketData.Update", true);

        public MarketData(Instrument instrument)
            : this(instrument, false)
        {
            LockWatch.Check("new MarketData");
        }

        internal MarketData(Instrument instrument, bool shared)
        {
            Instrument = instrument;
            instrument.Market.Attach(this);
        }

        public Instrument Instrument { get; private set; }
        public MarketDataEventArgs Ask { get { return Instrument.Market.Seen(MarketDataType.Ask); } }
        public MarketDataEventArgs Bid { get { return Instrument.Market.Seen(MarketDataType.Bid); } }
        public MarketDataEventArgs Last { get { return Instrument.Market.Seen(MarketDataType.Last); } }
        public MarketDataEventArgs LastClose { get { return Instrument.Market.Seen(MarketDataType.LastClose); } }
        public MarketDataEventArgs DailyHigh { get { return Instrument.Market.Seen(MarketDataType.DailyHigh); } }
        public MarketDataEventArgs DailyLow { get { return Instrument.Market.Seen(MarketDataType.DailyLow); } }
        public MarketDataEventArgs DailyVolume { get { return Instrument.Market.Seen(MarketDataType.DailyVolume); } }
        public MarketDataEventArgs Opening { get { return Instrument.Market.Seen(MarketDataType.Opening); } }
        public MarketDataEventArgs Settlement { get { return Instrument.Market.Seen(MarketDataType.Settlement); } }
        public MarketDataEventArgs OpenInterest { get { return Instrument.Market.Seen(MarketDataType.OpenInterest); } }

        public event EventHandler<MarketDataEventArgs> Update
        {
            add
            {
                update.Add(value);
                // What is known comes first, behind a placeholder of price 0.
                Instrument.Dispatcher.Worker.Post(() => Instrument.Market.Replay(this, value));
            }
            remove { update.Remove(value); }
        }

        internal EventHub Updates { get { return update; } }
    }

    public class MarketDataEventArgs : EventArgs
    {
        internal MarketDataEventArgs(Instrument instrument, MarketDataType type, double price, long volume)
        {
            Instrument = instrument;
            MarketDataType = type;
            Price = price;
            Volume = volume;
            Time = PlatformClock.Now;
        }

        public Instrument Instrument { get; private set; }
        public MarketDataType MarketDataType { get; private set; }
        public double Price { get; private set; }
        public long Volume { get; private set; }
        public double Ask { get; internal set; }
        public double Bid { get; internal set; }
        public double Last { get; internal set; }
        public DateTime Time { get; internal set; }
        public bool IsReset { get; internal set; }
    }
}
