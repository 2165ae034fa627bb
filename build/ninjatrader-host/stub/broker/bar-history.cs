using System;
using System.Collections.Generic;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    internal sealed class MinuteBar
    {
        /** The bar's end, as NinjaTrader stamps it, in its zone. */
        internal DateTime Time;
        internal double Open;
        internal double High;
        internal double Low;
        internal double Close;
        internal long Volume;
    }

    /** Minutes of one instrument; those before the first tick are drawn from the instrument's name. */
    internal sealed class BarHistory
    {
        readonly Instrument instrument;
        readonly List<MinuteBar> bars = new List<MinuteBar>();

        internal BarHistory(Instrument instrument) { this.instrument = instrument; }

        internal int Count { get { lock (bars) return bars.Count; } }

        internal MinuteBar At(int index) { lock (bars) return bars[index]; }

        /** Index of the first bar that the trade touched. */
        internal int Add(DateTime time, double price, long volume)
        {
            var end = EndOfMinute(time);
            lock (bars)
            {
                var last = bars.Count - 1;
                if (last >= 0 && bars[last].Time >= end)
                {
                    var bar = bars[last];
                    bar.High = Math.Max(bar.High, price);
                    bar.Low = Math.Min(bar.Low, price);
                    bar.Close = price;
                    bar.Volume += volume;
                    return last;
                }
                bars.Add(new MinuteBar { Time = end, Open = price, High = price, Low = price, Close = price, Volume = volume });
                return Math.Max(0, last);
            }
        }

        internal void EnsureBack(int wanted)
        {
            lock (bars)
            {
                if (bars.Count >= wanted) return;
                var first = bars.Count == 0 ? null : bars[0];
                var time = first == null ? EndOfMinute(PlatformClock.Now) : first.Time;
                var price = first == null ? Contracts.RootOf(instrument).TypicalPrice : first.Open;
                var random = new Random(instrument.FullName.Length * 7919 + wanted);
                var tick = instrument.MasterInstrument.TickSize;
                var older = new List<MinuteBar>();
                for (var missing = wanted - bars.Count; missing > 0; missing -= 1)
                {
                    time = time.AddMinutes(-1);
                    var open = price + random.Next(-4, 5) * tick;
                    older.Insert(0, new MinuteBar
                    {
                        Time = time, Open = open, Close = price, High = Math.Max(open, price) + tick,
                        Low = Math.Min(open, price) - tick, Volume = random.Next(50, 500)
                    });
                    price = open;
                }
                bars.InsertRange(0, older);
            }
        }

        static DateTime EndOfMinute(DateTime time)
        {
            return new DateTime(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0).AddMinutes(1);
        }
    }
}
