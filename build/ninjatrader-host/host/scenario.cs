using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace NinjaTraderHost
{
    /** A file {"steps":[{"atMs":0,"do":...}, ...]}: the same commands, each at its time after the start, but not before the one above it. */
    internal static class Scenario
    {
        /** @returns 1 when a step failed. */
        internal static int Play(string file, Func<Step, bool> carry)
        {
            if (!File.Exists(file)) throw new StepFault("there is no scenario " + file);
            var watch = Stopwatch.StartNew();
            var failed = false;
            foreach (var step in Step.Parse(File.ReadAllText(file)).Steps("steps"))
            {
                var early = step.Number("atMs", 0) - watch.Elapsed.TotalMilliseconds;
                if (early > 0) Thread.Sleep((int)early);
                failed = !carry(step) || failed;
            }
            return failed ? 1 : 0;
        }
    }
}
