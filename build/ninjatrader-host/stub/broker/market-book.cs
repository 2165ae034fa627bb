using System;
using System.Collections.Generic;
using System.Threading;
using NinjaTrader.Cbi;
using NinjaTrader.Data;

namespace NinjaTraderHost
{
    internal sealed class Quote
    {
        internal double Bid;
        internal double Ask;
        internal double Last;
        internal long BidSize;
        internal long AskSize;
        internal long LastSize;
    }

    /** The market of one instrument, told on the thread that its instrument shares with others. */
    internal sealed class MarketBook
    {
        readonly Instrument instrument;
        readonly List<WeakReference> subscriptions = new List<WeakReference>();
        readonly MarketDataEventArgs[] seen = new MarketDataEventArgs[11];
        volatile Quote quote;
        long volume;

        internal MarketBook(Instrument instrument)
        {
            this.instrument = instrument;
            History = new BarHistory(instrument);
            Requests = new List<BarsRequest>();
        }

        /** Raised on the caller's thread after each new quote. */
        internal static event Action<Instrument, Quote> Moved;

        internal Quote Quote { get { return quote; } }
        internal BarHistory History { get; private set; }
        /** Touched on the instrument's thread only. */
        internal List<BarsRequest> Requests { get; private set; }

        internal MarketDataEventArgs Seen(MarketDataType type) { return Volatile.Read(ref seen[(int)type]); }

        internal void Attach(MarketData data)
        {
            lock (subscriptions)
            {
                subscriptions.RemoveAll(each => !each.IsAlive);
                subscriptions.Add(new WeakReference(data));
            }
        }

        internal void Put(Quote next)
        {
            quote = next;
            var moved = Moved;
            if (moved != null) moved(instrument, next);
            instrument.Dispatcher.Worker.Post(() => Tell(next));
        }

        internal void Reset()
        {
            instrument.Dispatcher.Worker.Post(() =>
                Raise(new MarketDataEventArgs(instrument, MarketDataType.Last, 0, 0) { IsReset = true }));
        }

        internal void Replay(MarketData data, Delegate handler)
        {
            data.Updates.RaiseTo(handler, data, new MarketDataEventArgs(instrument, MarketDataType.Last, 0, 0));
            foreach (var type in new[] { MarketDataType.Bid, MarketDataType.Ask, MarketDataType.Last })
            {
                var known = Seen(type);
                if (known != null) data.Updates.RaiseTo(handler, data, known);
            }
        }

        void Tell(Quote next)
        {
            volume += Math.Max(1, next.LastSize);
            See(MarketDataType.Bid, next, next.Bid, next.BidSize);
            See(MarketDataType.Ask, next, next.Ask, next.AskSize);
            See(MarketDataType.Last, next, next.Last, Math.Max(1, next.LastSize));
            Volatile.Write(ref seen[(int)MarketDataType.DailyVolume],
                new MarketDataEventArgs(instrument, MarketDataType.DailyVolume, 0, volume));
            var first = History.Add(PlatformClock.Now, next.Last, Math.Max(1, next.LastSize));
            foreach (var request in Requests.ToArray()) request.Tell(first, History.Count - 1);
        }

        void See(MarketDataType type, Quote next, double price, long size)
        {
            var args = new MarketDataEventArgs(instrument, type, price, size) { Bid = next.Bid, Ask = next.Ask, Last = next.Last };
            Volatile.Write(ref seen[(int)type], args);
            Raise(args);
        }

        void Raise(MarketDataEventArgs args)
        {
            MarketData[] present;
            lock (subscriptions)
            {
                var alive = new List<MarketData>();
                foreach (var each in subscriptions)
                {
                    var data = (MarketData)each.Target;
                    if (data != null && !data.Updates.IsEmpty) alive.Add(data);
                }
                present = alive.ToArray();
            }
            foreach (var data in present) data.Updates.Raise(data, args);
        }
    }
}
