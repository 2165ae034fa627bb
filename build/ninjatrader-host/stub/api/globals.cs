using System;
using System.Globalization;
using NinjaTraderHost;

namespace NinjaTrader.Core
{
    public static class Globals
    {
        static readonly GeneralOptionsStub generalOptions = new GeneralOptionsStub();
        static readonly System.Windows.Threading.Dispatcher randomDispatcher = new System.Windows.Threading.Dispatcher("random ui");

        public static string UserDataDir { get; internal set; }
        public static string InstallDir { get; internal set; }
        public static DateTime MaxDate { get { return new DateTime(2099, 12, 1); } }
        public static DateTime MinDate { get { return new DateTime(1800, 1, 1); } }
        public static DateTime Now { get { return PlatformClock.Now; } }
        public static System.Windows.Threading.Dispatcher RandomDispatcher { get { return randomDispatcher; } }
        public static GeneralOptionsStub GeneralOptions { get { return generalOptions; } }
    }

    public class GeneralOptionsStub
    {
        internal GeneralOptionsStub() { }

        public TimeZoneInfo TimeZoneInfo { get { return PlatformClock.Zone; } }
        public CultureInfo CurrentCulture { get { return CultureInfo.CurrentCulture; } }
    }
}

namespace NinjaTrader.Code
{
    public static class Output
    {
        public static void Process(string message, NinjaScript.PrintTo outputTab)
        {
            OutputLines.Add("output:" + outputTab, message);
        }

        public static void Reset(NinjaScript.PrintTo outputTab) { }
    }
}
