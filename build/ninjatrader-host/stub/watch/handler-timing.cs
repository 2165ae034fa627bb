using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace NinjaTraderHost
{
    /** How often one handler ran and how long it took, in logarithmic buckets of 10 %. */
    internal sealed class HandlerTiming
    {
        const double SlowMs = 50;
        const double Growth = 1.1;
        readonly long[] buckets = new long[200];
        long count;
        long slow;
        long excused;
        long maxTicks;

        internal HandlerTiming(string name) { Name = name; }

        internal string Name { get; private set; }
        internal long Count { get { return Interlocked.Read(ref count); } }
        internal long Slow { get { return Interlocked.Read(ref slow); } }
        internal long Excused { get { return Interlocked.Read(ref excused); } }
        internal double MaxMs { get { return Interlocked.Read(ref maxTicks) * 1000.0 / Stopwatch.Frequency; } }

        internal void Add(long began, long ended)
        {
            var ticks = ended - began;
            var ms = ticks * 1000.0 / Stopwatch.Frequency;
            Interlocked.Increment(ref count);
            Interlocked.Increment(ref buckets[BucketOf(ms)]);
            for (var seen = Interlocked.Read(ref maxTicks); ticks > seen; seen = Interlocked.Read(ref maxTicks))
            {
                if (Interlocked.CompareExchange(ref maxTicks, ticks, seen) == seen) break;
            }
            if (ms > SlowMs) Judge(began, ended, ms);
        }

        /** Takes in what another handler did. */
        internal void Add(HandlerTiming other)
        {
            for (var bucket = 0; bucket < buckets.Length; bucket += 1) buckets[bucket] += Interlocked.Read(ref other.buckets[bucket]);
            count += other.Count;
            slow += other.Slow;
            excused += other.Excused;
            maxTicks = Math.Max(maxTicks, Interlocked.Read(ref other.maxTicks));
        }

        /** Milliseconds that this share of the calls stayed below (upper edge of the bucket). */
        internal double Quantile(double share)
        {
            var wanted = (long)Math.Ceiling(Count * share);
            long seen = 0;
            for (var bucket = 0; bucket < buckets.Length; bucket += 1)
            {
                seen += Interlocked.Read(ref buckets[bucket]);
                if (seen >= wanted && wanted > 0) return Math.Min(MaxMs, 0.001 * Math.Pow(Growth, bucket + 1));
            }
            return 0;
        }

        internal void Clear()
        {
            Array.Clear(buckets, 0, buckets.Length);
            Interlocked.Exchange(ref count, 0);
            Interlocked.Exchange(ref slow, 0);
            Interlocked.Exchange(ref excused, 0);
            Interlocked.Exchange(ref maxTicks, 0);
        }

        void Judge(long began, long ended, double ms)
        {
            // A collection of garbage or a busy machine halts every thread; that is not the handler's doing.
            if (ms - MachineWatch.StallMs(began, ended) <= SlowMs)
            {
                Interlocked.Increment(ref excused);
                return;
            }
            Interlocked.Increment(ref slow);
            Violations.Record("slowHandler", Name + " took " + (long)ms + " ms");
        }

        static int BucketOf(double ms)
        {
            if (ms <= 0.001) return 0;
            return Math.Min(199, (int)(Math.Log(ms / 0.001) / Math.Log(Growth)));
        }
    }

    internal static class HandlerTimings
    {
        static readonly Dictionary<string, HandlerTiming> all = new Dictionary<string, HandlerTiming>();

        internal static HandlerTiming Of(string name)
        {
            lock (all)
            {
                HandlerTiming timing;
                if (!all.TryGetValue(name, out timing)) all[name] = timing = new HandlerTiming(name);
                return timing;
            }
        }

        internal static HandlerTiming[] All { get { lock (all) return new List<HandlerTiming>(all.Values).ToArray(); } }

        internal static HandlerTiming Together()
        {
            var together = new HandlerTiming("all");
            foreach (var timing in All) together.Add(timing);
            return together;
        }

        internal static void Clear() { foreach (var timing in All) timing.Clear(); }
    }
}
