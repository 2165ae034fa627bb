using System;
using System.Collections.Generic;
using System.Linq;

namespace NinjaTraderHost
{
    /** Something that NinjaTrader would punish: with a hang, an exception or a slow chart. */
    internal sealed class Violation
    {
        internal string Kind;
        internal string Detail;
        internal string Thread;
    }

    internal static class Violations
    {
        const int Kept = 10000;
        static readonly List<Violation> found = new List<Violation>();

        internal static event Action<Violation> Found;

        internal static void Record(string kind, string detail)
        {
            var violation = new Violation
            {
                Kind = kind, Detail = detail, Thread = System.Threading.Thread.CurrentThread.Name ?? "pool"
            };
            lock (found) { if (found.Count < Kept) found.Add(violation); }
            var tell = Found;
            if (tell != null) tell(violation);
        }

        internal static Violation[] All { get { lock (found) return found.ToArray(); } }

        internal static void Clear() { lock (found) found.Clear(); }
    }

    internal sealed class OutputLine
    {
        internal string Where;
        internal string Text;
    }

    /** What the AddOn prints or logs. */
    internal static class OutputLines
    {
        const int Kept = 20000;
        static readonly Queue<OutputLine> lines = new Queue<OutputLine>();

        internal static event Action<OutputLine> Added;

        internal static void Add(string where, string text)
        {
            var line = new OutputLine { Where = where, Text = text ?? string.Empty };
            lock (lines)
            {
                lines.Enqueue(line);
                if (lines.Count > Kept) lines.Dequeue();
            }
            var tell = Added;
            if (tell != null) tell(line);
        }

        internal static OutputLine[] All { get { lock (lines) return lines.ToArray(); } }
    }
}
