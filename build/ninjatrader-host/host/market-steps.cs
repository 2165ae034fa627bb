using System;
using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** Prices: set by hand, or drawn from a seed. */
    internal static class MarketSteps
    {
        internal static void Add(IDictionary<string, Func<Step, Map>> steps)
        {
            steps["setPrice"] = step =>
            {
                var instrument = step.Instrument;
                var tick = instrument.MasterInstrument.TickSize;
                var last = step.Has("last") ? step.Number("last") : step.Number("bid");
                instrument.Market.Put(new Quote
                {
                    Bid = step.Number("bid", last - tick), Ask = step.Number("ask", last), Last = last,
                    BidSize = step.Whole("bidSize", 10), AskSize = step.Whole("askSize", 10), LastSize = step.Whole("lastSize", 1)
                });
                return null;
            };
            steps["resetMarket"] = step => { step.Instrument.Market.Reset(); return null; };
        }
    }

    /** A walk of one tick up, down or none at each step; the same seed gives the same prices. */
    internal sealed class PriceWalk
    {
        readonly Instrument instrument;
        readonly Random random;
        long ticks;

        internal PriceWalk(Instrument instrument, int seed)
        {
            this.instrument = instrument;
            random = new Random(seed ^ (int)instrument.Id * 7919);
            var quote = instrument.Market.Quote;
            var start = quote == null ? Contracts.RootOf(instrument).TypicalPrice : quote.Last;
            ticks = (long)Math.Round(start / instrument.MasterInstrument.TickSize);
        }

        internal Quote Next()
        {
            var tick = instrument.MasterInstrument.TickSize;
            ticks += random.Next(-1, 2);
            var up = random.Next(2);
            return new Quote
            {
                Bid = (ticks - up) * tick, Ask = (ticks - up + 1) * tick, Last = ticks * tick,
                BidSize = random.Next(1, 60), AskSize = random.Next(1, 60), LastSize = random.Next(1, 9)
            };
        }
    }
}
