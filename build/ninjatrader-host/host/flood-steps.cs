using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    internal static class FloodSteps
    {
        internal static void Add(IDictionary<string, Func<Step, Map>> steps)
        {
            steps["flood"] = step => step.Has("count")
                ? new Flood(step).Accelerated((long)step.Number("count"))
                : new Flood(step).Paced(step.Number("perSecond", 1000), step.Number("seconds", 1));
            steps["ticks"] = Ticks;
        }

        /** Prices only, in step with the clock. */
        static Map Ticks(Step step)
        {
            var instrument = step.Instrument;
            var walk = new PriceWalk(instrument, step.Whole("seed", 1));
            var perSecond = step.Number("perSecond", 100);
            var seconds = step.Number("seconds", 1);
            var wanted = (long)(perSecond * seconds);
            var watch = Stopwatch.StartNew();
            for (long made = 0; made < wanted; made += 1)
            {
                while (watch.Elapsed.TotalSeconds * perSecond < made) Thread.Sleep(1);
                instrument.Market.Put(walk.Next());
            }
            return new Map { { "ticks", wanted } };
        }
    }
}
