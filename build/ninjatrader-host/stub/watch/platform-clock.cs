using System;

namespace NinjaTraderHost
{
    /** NinjaTrader's time: in its configured zone, of Kind Unspecified. */
    internal static class PlatformClock
    {
        static volatile TimeZoneInfo zone = FindZone("America/New_York");
        static long offsetTicks;

        internal static TimeZoneInfo Zone { get { return zone; } set { zone = value; } }

        /** How far NinjaTrader's clock is ahead of this computer's. */
        internal static TimeSpan Offset
        {
            get { return new TimeSpan(System.Threading.Interlocked.Read(ref offsetTicks)); }
            set { System.Threading.Interlocked.Exchange(ref offsetTicks, value.Ticks); }
        }

        internal static DateTime Now { get { return FromUtc(DateTime.UtcNow + Offset); } }

        internal static DateTime FromUtc(DateTime utc)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
            return DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        }

        internal static TimeZoneInfo FindZone(string id) { return TimeZoneInfo.FindSystemTimeZoneById(id); }
    }
}
