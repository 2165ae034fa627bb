using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using NinjaTrader.Data;
using NinjaTraderHost;

namespace NinjaTrader.Cbi
{
    public class Instrument
    {
        static readonly WatchedCollection<Instrument> all = new WatchedCollection<Instrument>("Instrument.All");
        static long lastId;

        internal Instrument(string fullName, MasterInstrument master, DateTime expiry)
        {
            lastId += 1;
            Id = lastId;
            FullName = fullName;
            MasterInstrument = master;
            Expiry = expiry;
            Dispatcher = UiThreads.OfInstrument(lastId);
            Market = new MarketBook(this);
            MarketData = new MarketData(this, true);
        }

        public static Collection<Instrument> All { get { return all; } }
        public string FullName { get; private set; }
        public MasterInstrument MasterInstrument { get; private set; }
        public DateTime Expiry { get; private set; }
        public long Id { get; private set; }
        public Exchange Exchange { get { return Exchange.Globex; } }
        public System.Windows.Threading.Dispatcher Dispatcher { get; private set; }
        public MarketData MarketData { get; private set; }
        public bool HasSeenMarketData { get { return Market.Quote != null; } }

        internal MarketBook Market { get; private set; }

        /** Null when unknown; a bare root gives a template of the year 1900, as the real one was seen to do. */
        public static Instrument GetInstrument(string instrumentName, bool create = false)
        {
            if (string.IsNullOrEmpty(instrumentName)) return null;
            lock (all)
            {
                foreach (var known in all)
                {
                    if (string.Equals(known.FullName, instrumentName, StringComparison.OrdinalIgnoreCase)) return known;
                }
                var made = Contracts.Make(instrumentName);
                if (made != null) all.Add(made);
                return made;
            }
        }

        public override string ToString() { return FullName; }
    }

    public class MasterInstrument
    {
        internal MasterInstrument(string name, double tickSize, double pointValue)
        {
            Name = name;
            TickSize = tickSize;
            PointValue = pointValue;
        }

        public string Name { get; private set; }
        public string Description { get { return Name + " future"; } }
        public InstrumentType InstrumentType { get { return InstrumentType.Future; } }
        public Currency Currency { get { return Currency.UsDollar; } }
        public double TickSize { get; private set; }
        public double PointValue { get; private set; }
        public TradingHours TradingHours { get { return TradingHours.Get("CME US Index Futures ETH"); } }

        public double RoundToTickSize(double price)
        {
            return Math.Round(price / TickSize, MidpointRounding.AwayFromZero) * TickSize;
        }

        public double RoundDownToTickSize(double price) { return Math.Floor(price / TickSize + 1e-9) * TickSize; }

        public int Compare(double price1, double price2)
        {
            return Math.Round(price1 / TickSize).CompareTo(Math.Round(price2 / TickSize));
        }

        public string FormatPrice(double price, bool round = true)
        {
            return (round ? RoundToTickSize(price) : price).ToString(CultureInfo.CurrentCulture);
        }

        public DateTime GetNextExpiry(DateTime afterDate) { return Contracts.FirstExpiryAfter(Name, afterDate); }
    }
}
