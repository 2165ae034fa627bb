using System.Collections.Generic;
using System.Threading;

namespace NinjaTraderHost
{
    /** Knows every collection of NinjaTrader that can be locked, and who calls back into it while holding one. */
    internal static class LockWatch
    {
        static readonly object gate = new object();
        static readonly List<KeyValuePair<object, string>> registered = new List<KeyValuePair<object, string>>();
        static volatile KeyValuePair<object, string>[] watched = new KeyValuePair<object, string>[0];

        internal static void Register(object collection, string name)
        {
            lock (gate)
            {
                registered.Add(new KeyValuePair<object, string>(collection, name));
                watched = registered.ToArray();
            }
        }

        /** In NinjaTrader this call can wait for a thread that waits for the lock. */
        internal static void Check(string call)
        {
            foreach (var each in watched)
            {
                if (Monitor.IsEntered(each.Key)) Violations.Record("calledUnderLock", call + " while holding " + each.Value);
            }
        }
    }
}
