using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** Life-cycle, connections, accounts, clock and culture. */
    internal static class PlatformSteps
    {
        internal static void Add(IDictionary<string, Func<Step, Map>> steps, AddOnSlot slot)
        {
            steps["throwAway"] = step => { slot.ThrowAway(); return null; };
            steps["start"] = step => { slot.Start(step.Whole("windows", 2)); return new Map { { "assembly", slot.AssemblyName } }; };
            steps["terminate"] = step => slot.Terminate();
            steps["hotReload"] = step => slot.HotReload(step.Whole("gapMs", 30));
            steps["openWindow"] = step => { slot.OpenWindow(); return null; };
            steps["closeWindow"] = step => { slot.CloseWindow(); return null; };
            steps["holdWindows"] = step => { slot.HoldWindows(step.Whole("ms", 1000)); return null; };
            steps["addConnection"] = step =>
            {
                World.AddConnection(step.Text("connection"), step.Enum("provider", Provider.Provider1), step.Text("brand", "Rithmic"), step.Enum("mode", Mode.Live));
                return null;
            };
            steps["addAccount"] = AddAccount;
            steps["connect"] = step => { World.ConnectionOf(step.Text("connection")).Line.Connect(); return null; };
            steps["disconnect"] = step =>
            {
                World.ConnectionOf(step.Text("connection")).Line.Disconnect(step.Enum("error", ErrorCode.NoError), step.Flag("onlyPrices"));
                return null;
            };
            steps["loseConnection"] = step => { World.ConnectionOf(step.Text("connection")).Line.Lose(step.Flag("onlyPrices")); return null; };
            steps["setTimeZone"] = step =>
            {
                try { PlatformClock.Zone = PlatformClock.FindZone(step.Text("zone")); }
                catch (TimeZoneNotFoundException) { throw new StepFault("there is no time zone \"" + step.Text("zone") + "\""); }
                return null;
            };
            steps["setNow"] = step => { PlatformClock.Offset = TimeSpan.FromMilliseconds(step.Number("offsetMs")); return null; };
            steps["setCulture"] = step => { SetCulture(new CultureInfo(step.Text("culture"))); return null; };
            steps["settle"] = step => new Map { { "settled", Settle(step.Whole("timeoutMs", 10000)) } };
        }

        static Map AddAccount(Step step)
        {
            var connection = World.ConnectionOf(step.Text("connection"));
            var account = World.Add(step.Text("account"), connection.Options.Provider, step.Number("cash", 50000));
            account.DisplayName = step.Text("displayName", account.Name);
            connection.Line.Attach(account);
            return null;
        }

        static void SetCulture(CultureInfo culture)
        {
            CultureInfo.DefaultThreadCurrentCulture = culture;
            CultureInfo.DefaultThreadCurrentUICulture = culture;
            Thread.CurrentThread.CurrentCulture = culture;
            foreach (var worker in Worker.All) worker.Post(() => Thread.CurrentThread.CurrentCulture = culture);
        }

        /** Whether every thread has come to rest: nothing queued and nothing due. */
        static bool Settle(int timeoutMs)
        {
            var watch = Stopwatch.StartNew();
            while (watch.ElapsedMilliseconds < timeoutMs)
            {
                // Twice, because one thread hands work to another.
                if (Worker.All.All(each => each.IsIdle) && Worker.All.All(each => each.IsIdle)) return true;
                Thread.Sleep(2);
            }
            return false;
        }
    }
}
