using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace NinjaTraderHost
{
    /** A thread that only sleeps. When it oversleeps, all threads stood still. */
    internal static class MachineWatch
    {
        const int StepMs = 5;
        const double StallFromMs = 20;
        static readonly object gate = new object();
        static readonly Queue<KeyValuePair<long, long>> stalls = new Queue<KeyValuePair<long, long>>();
        static long awakeAt = Stopwatch.GetTimestamp();

        internal static void Start()
        {
            new Thread(Watch) { IsBackground = true, Name = "machine watch" }.Start();
        }

        /** Milliseconds of standstill between two time stamps. */
        internal static double StallMs(long began, long ended)
        {
            lock (gate)
            {
                double sum = 0;
                foreach (var stall in stalls) sum += Overlap(stall.Key, stall.Value, began, ended);
                // The standstill may have ended a moment ago without this thread having run since.
                var now = Stopwatch.GetTimestamp();
                if (Ms(now - awakeAt) > StallFromMs) sum += Overlap(awakeAt, now, began, ended);
                return sum;
            }
        }

        static void Watch()
        {
            while (true)
            {
                Thread.Sleep(StepMs);
                var now = Stopwatch.GetTimestamp();
                lock (gate)
                {
                    if (Ms(now - awakeAt) > StallFromMs) stalls.Enqueue(new KeyValuePair<long, long>(awakeAt, now));
                    if (stalls.Count > 1000) stalls.Dequeue();
                    awakeAt = now;
                }
            }
        }

        static double Overlap(long fromA, long toA, long fromB, long toB)
        {
            return Math.Max(0, Ms(Math.Min(toA, toB) - Math.Max(fromA, fromB)));
        }

        static double Ms(long ticks) { return ticks * 1000.0 / Stopwatch.Frequency; }
    }
}
