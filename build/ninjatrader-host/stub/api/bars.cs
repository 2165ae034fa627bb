using System;
using System.Collections.Generic;
using NinjaTrader.Cbi;
using NinjaTraderHost;

namespace NinjaTrader.Data
{
    public class BarsPeriod
    {
        public BarsPeriodType BarsPeriodType { get; set; }
        public int Value { get; set; }
        public int Value2 { get; set; }
        public MarketDataType MarketDataType { get; set; }
    }

    public class TradingHours
    {
        TradingHours(string name) { Name = name; }

        public string Name { get; private set; }
        public TimeZoneInfo TimeZoneInfo { get { return PlatformClock.FindZone("America/Chicago"); } }

        public static TradingHours Get(string name) { return new TradingHours(name); }
    }

    public class BarsRequest : IDisposable
    {
        readonly EventHub update = new EventHub("BarsRequest.Update");
        readonly Instrument instrument;
        readonly int barsBack;
        bool isOver;

        public BarsRequest(Instrument instrument, int barsBack)
        {
            LockWatch.Check("new BarsRequest");
            this.instrument = instrument;
            this.barsBack = barsBack;
            BarsPeriod = new BarsPeriod { Value = 1, BarsPeriodType = BarsPeriodType.Minute };
        }

        public BarsRequest(Instrument instrument, DateTime fromLocal, DateTime toLocal)
            : this(instrument, Math.Max(1, (int)(toLocal - fromLocal).TotalMinutes))
        {
        }

        public BarsPeriod BarsPeriod { get; set; }
        public TradingHours TradingHours { get; set; }
        public MergePolicy MergePolicy { get; set; }
        public LookupPolicies LookupPolicy { get; set; }
        public bool IsResetOnNewTradingDay { get; set; }
        public Bars Bars { get; private set; }

        public event EventHandler<BarsUpdateEventArgs> Update
        {
            add { update.Add(value); }
            remove { update.Remove(value); }
        }

        public void Request(Action<BarsRequest, ErrorCode, string> callback)
        {
            LockWatch.Check("BarsRequest.Request");
            if (BarsPeriod.MarketDataType != MarketDataType.Last)
            {
                Violations.Record("barsOfAsk", "BarsPeriod.MarketDataType is " + BarsPeriod.MarketDataType + ", not Last");
            }
            instrument.Dispatcher.Worker.Post(() =>
            {
                if (isOver) return;
                Bars = new Bars(instrument, instrument.Market.History);
                instrument.Market.History.EnsureBack(barsBack);
                instrument.Market.Requests.Add(this);
                callback(this, ErrorCode.NoError, string.Empty);
            });
        }

        public void Dispose()
        {
            isOver = true;
            instrument.Dispatcher.Worker.Post(() => instrument.Market.Requests.Remove(this));
        }

        internal void Tell(int minIndex, int maxIndex)
        {
            if (isOver || update.IsEmpty) return;
            update.Raise(this, new BarsUpdateEventArgs(new BarsSeries(instrument.Market.History), minIndex, maxIndex));
        }
    }

    public class BarsUpdateEventArgs : EventArgs
    {
        internal BarsUpdateEventArgs(BarsSeries series, int minIndex, int maxIndex)
        {
            BarsSeries = series;
            MinIndex = minIndex;
            MaxIndex = maxIndex;
        }

        public BarsSeries BarsSeries { get; private set; }
        public int MinIndex { get; private set; }
        public int MaxIndex { get; private set; }
    }

    public class BarsSeries
    {
        readonly BarHistory history;

        internal BarsSeries(BarHistory history) { this.history = history; }

        public int Count { get { return history.Count; } }
        public DateTime GetTime(int i) { return history.At(i).Time; }
        public double GetOpen(int i) { return history.At(i).Open; }
        public double GetHigh(int i) { return history.At(i).High; }
        public double GetLow(int i) { return history.At(i).Low; }
        public double GetClose(int i) { return history.At(i).Close; }
        public long GetVolume(int i) { return history.At(i).Volume; }
    }

    public class Bars
    {
        readonly BarHistory history;

        internal Bars(Instrument instrument, BarHistory history)
        {
            Instrument = instrument;
            this.history = history;
        }

        public int Count { get { return history.Count; } }
        public Instrument Instrument { get; private set; }
        public DateTime GetTime(int i) { return history.At(i).Time; }
        public double GetOpen(int i) { return history.At(i).Open; }
        public double GetHigh(int i) { return history.At(i).High; }
        public double GetLow(int i) { return history.At(i).Low; }
        public double GetClose(int i) { return history.At(i).Close; }
        public long GetVolume(int i) { return history.At(i).Volume; }
    }
}
