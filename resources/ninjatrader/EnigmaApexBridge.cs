// The NinjaTrader 8 end of Enigma Apex. It reports accounts, orders, fills, positions and prices to the desktop app over
// a WebSocket on this machine, carries out its commands, and keeps the last guard it was given while the app is away.
//
// One file, C# 5, NinjaTrader's default references only: it compiles on every NinjaTrader 8. Installing, updating and what
// it can and cannot prevent: docs/ninjatrader.md of the project. The wire: docs/protocol.md.
//
// Three rules hold everywhere in this file:
// - A thread of NinjaTrader is never made to wait: handlers copy values, put them in a queue and return.
// - NinjaTrader is never called under a lock of its own, nor under one of ours that a handler takes. Live collections are
//   copied under their lock and used outside.
// - Nothing goes through a Dispatcher, because a dialog of NinjaTrader may hold it.
//
// NinjaTrader's types are imported one by one: all scripts of a user compile into one assembly, and another script's
// class must not stand in for the one meant here.

namespace NinjaTrader.NinjaScript.AddOns
{
    using System;

    /// <summary>NinjaTrader's handle on the AddOn. Everything is in <see cref="EnigmaApexParts.BridgeCore"/>.</summary>
    public class EnigmaApexBridge : global::NinjaTrader.NinjaScript.AddOnBase
    {
        private bool isTerminated;

        /// <summary>
        /// NinjaTrader also builds instances that it throws away (SetDefaults, then Terminated), so SetDefaults starts
        /// nothing and Terminated stops only what this very instance started.
        /// </summary>
        protected override void OnStateChange()
        {
            try
            {
                if (State == global::NinjaTrader.NinjaScript.State.SetDefaults)
                {
                    Name = "EnigmaApexBridge";
                    Description = "Connects NinjaTrader to the Enigma Apex desktop app on this computer.";
                }
                else if (State == global::NinjaTrader.NinjaScript.State.Configure
                    || State == global::NinjaTrader.NinjaScript.State.Active)
                {
                    StartOnce();
                }
                else if (State == global::NinjaTrader.NinjaScript.State.Terminated)
                {
                    isTerminated = true;
                    EnigmaApexParts.BridgeCore.Leave(this);
                }
            }
            catch (Exception error)
            {
                EnigmaApexParts.Console.Say("The AddOn failed to change its state: " + error.Message);
            }
        }

        /// <summary>Which of the three occasions comes first differs between versions; any of them starts the AddOn.</summary>
        protected override void OnWindowCreated(System.Windows.Window window)
        {
            try
            {
                StartOnce();
            }
            catch (Exception error)
            {
                EnigmaApexParts.Console.Say("The AddOn failed to start: " + error.Message);
            }
        }

        /// <summary>A window may be told to an instance that has ended; it must not push out the one that took its place.</summary>
        private void StartOnce()
        {
            if (!isTerminated)
            {
                EnigmaApexParts.BridgeCore.Join(this);
            }
        }
    }
}

namespace NinjaTrader.NinjaScript.AddOns.EnigmaApexParts
{
    using System;
    using System.Collections.Generic;
    using System.Diagnostics;
    using System.Globalization;
    using System.IO;
    using System.Net.WebSockets;
    using System.Reflection;
    using System.Runtime.CompilerServices;
    using System.Security.Cryptography;
    using System.Text;
    using System.Threading;
    using System.Threading.Tasks;
    using Account = global::NinjaTrader.Cbi.Account;
    using AccountItem = global::NinjaTrader.Cbi.AccountItem;
    using AccountItemEventArgs = global::NinjaTrader.Cbi.AccountItemEventArgs;
    using AccountStatusEventArgs = global::NinjaTrader.Cbi.AccountStatusEventArgs;
    using BarsPeriod = global::NinjaTrader.Data.BarsPeriod;
    using BarsPeriodType = global::NinjaTrader.Data.BarsPeriodType;
    using BarsRequest = global::NinjaTrader.Data.BarsRequest;
    using BarsUpdateEventArgs = global::NinjaTrader.Data.BarsUpdateEventArgs;
    using Connection = global::NinjaTrader.Cbi.Connection;
    using ConnectionStatus = global::NinjaTrader.Cbi.ConnectionStatus;
    using ConnectionStatusEventArgs = global::NinjaTrader.Cbi.ConnectionStatusEventArgs;
    using ErrorCode = global::NinjaTrader.Cbi.ErrorCode;
    using Execution = global::NinjaTrader.Cbi.Execution;
    using ExecutionEventArgs = global::NinjaTrader.Cbi.ExecutionEventArgs;
    using Globals = global::NinjaTrader.Core.Globals;
    using Instrument = global::NinjaTrader.Cbi.Instrument;
    using MarketData = global::NinjaTrader.Data.MarketData;
    using MarketDataEventArgs = global::NinjaTrader.Data.MarketDataEventArgs;
    using MarketDataType = global::NinjaTrader.Data.MarketDataType;
    using MarketPosition = global::NinjaTrader.Cbi.MarketPosition;
    using Mode = global::NinjaTrader.Cbi.Mode;
    using Operation = global::NinjaTrader.Cbi.Operation;
    using Order = global::NinjaTrader.Cbi.Order;
    using OrderAction = global::NinjaTrader.Cbi.OrderAction;
    using OrderEntry = global::NinjaTrader.Cbi.OrderEntry;
    using OrderEventArgs = global::NinjaTrader.Cbi.OrderEventArgs;
    using OrderState = global::NinjaTrader.Cbi.OrderState;
    using OrderType = global::NinjaTrader.Cbi.OrderType;
    using Position = global::NinjaTrader.Cbi.Position;
    using PositionEventArgs = global::NinjaTrader.Cbi.PositionEventArgs;
    using Provider = global::NinjaTrader.Cbi.Provider;
    using TimeInForce = global::NinjaTrader.Cbi.TimeInForce;

    #region Terms: versions, limits and patience

    /// <summary>What the app reads from the installed file to tell versions apart.</summary>
    internal static class EnigmaApexAddonInfo
    {
        internal const string Version = "0.1.0";
        internal const int Protocol = 1;
    }

    internal static class Limits
    {
        internal const int FrameBytes = 1048576;
        internal const int HandshakeFrameBytes = 4096;
        /// <summary>Facts waiting for the app before they are given up for a resync.</summary>
        internal const int QueuedFacts = 20000;
        internal const int QueuedAnswers = 5000;
        internal const int SnapshotEntries = 800;
        internal const int SnapshotPartBytes = 500000;
        internal const int EndedOrdersTold = 50;
        internal const int CommandsTold = 200;
        internal const int CommandsRemembered = 20000;
        internal const int ExecutionsRemembered = 50000;
        internal const int BarsBack = 500;
        internal const int FreeText = 2000;
        internal const int Comment = 200;
    }

    /// <summary>Milliseconds.</summary>
    internal static class Patience
    {
        internal const int Pulse = 20;
        internal const int IdlePulse = 100;
        internal const int Rescan = 2000;
        internal const int ExecutionScan = 5000;
        internal const int Connect = 5000;
        internal const int FirstPause = 1000;
        internal const int LongestPause = 30000;
        internal const int Goodbye = 500;
        internal const int StopWait = 200;
        /// <summary>NinjaTrader's own patience for cancels before it closes.</summary>
        internal const int Cancel = 5000;
        internal const int Close = 5000;
        /// <summary>How long a fill may take to show in the position.</summary>
        internal const int Settle = 1000;
        /// <summary>Brackets can be sent after the position is gone: look once more after this.</summary>
        internal const int Sweep = 1500;
        internal const int Observe = 5000;
        /// <summary>A figure below the floor has to stand this long unless a second one agrees.</summary>
        internal const int FigureStands = 250;
        /// <summary>Cash and open profit arrive apart at the end of a trade; their sum has to stand longer.</summary>
        internal const int SumStands = 1500;
        internal const int FloorRetry = 5000;
        internal const int TrimRetry = 30000;
        internal const int LongestTrimRetry = 300000;
        internal const int Flatten = 30000;
        internal const int PlatformFlatten = 10000;
        /// <summary>A fill this much older than the subscription is a replay.</summary>
        internal const int ReplayMargin = 5000;
        internal const int SaveRetry = 1000;
        internal const int FillCounts = 120000;
        internal const int SameLine = 5000;
    }

    internal static class OrderNames
    {
        /// <summary>NinjaTrader's own name for a closing order.</summary>
        internal const string PlatformClose = "Close";
        internal const string Close = "EnigmaApexClose";
        internal const string Trim = "EnigmaApexTrim";

        /// <summary>Whether an order carries the name of one that closes; anybody can give it any name.</summary>
        internal static bool IsCloseName(string name)
        {
            return name == Close || name == Trim || name == PlatformClose;
        }
    }

    #endregion

    #region Life-cycle: one core per NinjaTrader, started once, leaving nothing behind

    /// <summary>Everything the AddOn runs, wired once. Runs from the first instance that joins to the last that leaves.</summary>
    internal sealed class BridgeCore
    {
        /// <summary>Shared by all loads of this file; only types of the framework compare equal between two of them.</summary>
        private const string StopSlot = "EnigmaApexBridge.Stop";
        private static readonly object startGate = new object();
        private static readonly HashSet<object> owners = new HashSet<object>();
        private static BridgeCore running;

        private readonly string instanceId = Guid.NewGuid().ToString("N");
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly Platform platform;
        private readonly GuardKeeper guard;
        private readonly Link link;
        private readonly CancellationTokenSource ending = new CancellationTokenSource();
        private volatile bool stopped;

        private BridgeCore()
        {
            outbox = new Outbox();
            reporter = new Reporter(outbox);
            guard = new GuardKeeper(reporter);
            platform = new Platform(outbox, reporter, guard, clock);
            var snapshots = new Snapshots(platform, outbox, reporter);
            var commands = new Commands(platform, outbox, reporter, guard, snapshots);
            link = new Link(instanceId, outbox, commands, snapshots, reporter, platform, clock);
        }

        /// <summary>Starts the AddOn unless it runs. Every instance that joins has to leave before it ends.</summary>
        internal static void Join(object owner)
        {
            BridgeCore core;
            lock (startGate)
            {
                owners.Add(owner);
                if (running != null)
                {
                    return;
                }
                core = new BridgeCore();
                running = core;
            }
            core.TakeOver();
            Task.Run(new Func<Task>(core.Run));
        }

        internal static void Leave(object owner)
        {
            BridgeCore core;
            lock (startGate)
            {
                if (!owners.Remove(owner) || owners.Count > 0)
                {
                    return;
                }
                core = running;
                running = null;
            }
            if (core != null)
            {
                core.Stop("NinjaTrader ends the AddOn.");
            }
        }

        private void Stop(string reason)
        {
            if (stopped)
            {
                return;
            }
            stopped = true;
            lock (startGate)
            {
                if (ReferenceEquals(running, this))
                {
                    running = null;
                    owners.Clear();
                }
            }
            Safely("STOP_PLATFORM", platform.Stop);
            Safely("STOP_LINK", delegate { link.Stop(reason); });
            ending.Cancel();
        }

        private void Safely(string code, Action step)
        {
            try
            {
                step();
            }
            catch (Exception error)
            {
                reporter.Error(code, error);
            }
        }

        /// <summary>Ends the core of an earlier load that NinjaTrader did not terminate; two would report everything twice.</summary>
        private void TakeOver()
        {
            var earlier = AppDomain.CurrentDomain.GetData(StopSlot) as Action<string>;
            AppDomain.CurrentDomain.SetData(StopSlot, new Action<string>(Stop));
            if (earlier != null)
            {
                Safely("TAKE_OVER", delegate { earlier("A newer AddOn was loaded."); });
            }
        }

        private async Task Run()
        {
            try
            {
                guard.Load();
                Safely("START_PLATFORM", platform.Start);
                var talking = link.Run(ending.Token);
                await Pulse().ConfigureAwait(false);
                await talking.ConfigureAwait(false);
            }
            catch (Exception error)
            {
                reporter.Error("CORE_FAILED", error);
            }
        }

        /// <summary>The one timer: steps what is running and looks for new accounts.</summary>
        private async Task Pulse()
        {
            while (!stopped)
            {
                try
                {
                    platform.Pulse(clock.ElapsedMilliseconds);
                }
                catch (Exception error)
                {
                    reporter.Error("PULSE_FAILED", error);
                }
                await Task.Delay(platform.IsBusy ? Patience.Pulse : Patience.IdlePulse).ConfigureAwait(false);
            }
        }
    }

    /// <summary>NinjaTrader's Output window; a line that cannot be written is not worth a failure.</summary>
    internal static class Console
    {
        internal static void Say(string line)
        {
            try
            {
                global::NinjaTrader.Code.Output.Process("Enigma Apex: " + line, global::NinjaTrader.NinjaScript.PrintTo.OutputTab1);
            }
            catch (Exception)
            {
                // Nobody is left to tell.
            }
        }
    }

    /// <summary>Tells the app, and the Output window, what went wrong; the same line at most once in five seconds.</summary>
    internal sealed class Reporter
    {
        private readonly Outbox outbox;
        private readonly object gate = new object();
        private readonly Dictionary<string, long> told = new Dictionary<string, long>();
        private readonly Stopwatch clock = Stopwatch.StartNew();

        internal Reporter(Outbox outbox)
        {
            this.outbox = outbox;
        }

        internal void Info(string code, string text)
        {
            Tell("info", code, text);
        }

        internal void Warn(string code, string text)
        {
            Tell("warning", code, text);
        }

        internal void Error(string code, Exception error)
        {
            Tell("error", code, error.GetType().Name + ": " + error.Message);
        }

        private void Tell(string level, string code, string text)
        {
            lock (gate)
            {
                long last;
                var now = clock.ElapsedMilliseconds;
                if (told.TryGetValue(code, out last) && now - last < Patience.SameLine)
                {
                    return;
                }
                told[code] = now;
            }
            outbox.Answer("addonLog", Messages.Log(level, code, text), null);
            if (level != "info")
            {
                Console.Say(text);
            }
        }
    }

    /// <summary>Runs actions one after the other on the thread pool, so that one account's trouble holds up no other.</summary>
    internal sealed class Lane
    {
        private readonly Queue<Action> waiting = new Queue<Action>();
        private readonly Reporter reporter;
        private bool running;

        internal Lane(Reporter reporter)
        {
            this.reporter = reporter;
        }

        internal void Post(Action action)
        {
            lock (waiting)
            {
                waiting.Enqueue(action);
                if (running)
                {
                    return;
                }
                running = true;
            }
            ThreadPool.QueueUserWorkItem(Drain);
        }

        /// <summary>Posts unless something waits already; for steps that come again anyway.</summary>
        internal void PostIfIdle(Action action)
        {
            lock (waiting)
            {
                if (running)
                {
                    return;
                }
            }
            Post(action);
        }

        private void Drain(object unused)
        {
            while (true)
            {
                Action action;
                lock (waiting)
                {
                    if (waiting.Count == 0)
                    {
                        running = false;
                        return;
                    }
                    action = waiting.Dequeue();
                }
                try
                {
                    action();
                }
                catch (Exception error)
                {
                    reporter.Error("STEP_FAILED", error);
                }
            }
        }
    }

    #endregion

    #region Text: JSON, words and times

    /// <summary>A figure that JSON cannot carry where the protocol has no null for it.</summary>
    internal sealed class UnwritableFigure : Exception
    {
        internal UnwritableFigure(string field)
            : base("not a finite figure: " + field)
        {
        }
    }

    /// <summary>Writes JSON in the invariant culture. Never writes NaN, an infinity or a date object.</summary>
    internal sealed class JsonWriter
    {
        private readonly StringBuilder text = new StringBuilder(320);
        private bool needsComma;

        public override string ToString()
        {
            return text.ToString();
        }

        internal JsonWriter Open()
        {
            Separate();
            text.Append('{');
            needsComma = false;
            return this;
        }

        internal JsonWriter Close()
        {
            text.Append('}');
            needsComma = true;
            return this;
        }

        internal JsonWriter OpenList(string name)
        {
            Name(name);
            text.Append('[');
            needsComma = false;
            return this;
        }

        internal JsonWriter CloseList()
        {
            text.Append(']');
            needsComma = true;
            return this;
        }

        internal JsonWriter Field(string name, string value)
        {
            Name(name);
            if (value == null)
            {
                text.Append("null");
            }
            else
            {
                Quote(value);
            }
            needsComma = true;
            return this;
        }

        internal JsonWriter Field(string name, long value)
        {
            return Raw(name, value.ToString(CultureInfo.InvariantCulture));
        }

        internal JsonWriter Field(string name, bool value)
        {
            return Raw(name, value ? "true" : "false");
        }

        /// <summary>A figure that must be one.</summary>
        internal JsonWriter Figure(string name, double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new UnwritableFigure(name);
            }
            return Raw(name, value.ToString("R", CultureInfo.InvariantCulture));
        }

        /// <summary>A figure that may be unknown.</summary>
        internal JsonWriter FigureOrNull(string name, double? value)
        {
            if (value == null || double.IsNaN(value.Value) || double.IsInfinity(value.Value))
            {
                return Raw(name, "null");
            }
            return Figure(name, value.Value);
        }

        internal JsonWriter FieldOrNull(string name, long? value)
        {
            return value == null ? Raw(name, "null") : Field(name, value.Value);
        }

        /// <summary>A value that is JSON already.</summary>
        internal JsonWriter Raw(string name, string json)
        {
            Name(name);
            text.Append(json);
            needsComma = true;
            return this;
        }

        /// <summary>An entry of a list that is JSON already.</summary>
        internal JsonWriter Entry(string json)
        {
            Separate();
            text.Append(json);
            needsComma = true;
            return this;
        }

        internal JsonWriter TextEntry(string value)
        {
            Separate();
            Quote(value);
            needsComma = true;
            return this;
        }

        private void Name(string name)
        {
            Separate();
            Quote(name);
            text.Append(':');
            needsComma = false;
        }

        private void Separate()
        {
            if (needsComma)
            {
                text.Append(',');
            }
        }

        private void Quote(string value)
        {
            text.Append('"');
            for (var i = 0; i < value.Length; i++)
            {
                var c = value[i];
                if (c == '"' || c == '\\')
                {
                    text.Append('\\').Append(c);
                }
                else if (c < ' ' || IsLoneSurrogate(value, i))
                {
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                }
                else
                {
                    text.Append(c);
                }
            }
            text.Append('"');
        }

        private static bool IsLoneSurrogate(string value, int at)
        {
            var c = value[at];
            if (char.IsHighSurrogate(c))
            {
                return at + 1 >= value.Length || !char.IsLowSurrogate(value[at + 1]);
            }
            return char.IsLowSurrogate(c) && (at == 0 || !char.IsHighSurrogate(value[at - 1]));
        }
    }

    /// <summary>A frame that is not what it should be; the code is one of the protocol's.</summary>
    internal sealed class BadFrame : Exception
    {
        internal readonly string Code;

        internal BadFrame(string code, string detail)
            : base(detail)
        {
            Code = code;
        }
    }

    /// <summary>
    /// Reads JSON into dictionaries, lists, texts, doubles, booleans and null. Anything that is not JSON, or nested
    /// deeper than any message of the protocol, is a <see cref="BadFrame"/>.
    /// </summary>
    internal sealed class JsonReader
    {
        private const int MaxDepth = 16;
        private readonly string text;
        private int at;

        private JsonReader(string text)
        {
            this.text = text;
        }

        internal static object Read(string text)
        {
            var reader = new JsonReader(text);
            var value = reader.Value(0);
            reader.SkipSpace();
            if (reader.at != text.Length)
            {
                throw reader.Bad();
            }
            return value;
        }

        private object Value(int depth)
        {
            SkipSpace();
            if (depth > MaxDepth || at >= text.Length)
            {
                throw Bad();
            }
            switch (text[at])
            {
                case '{':
                    return Object(depth);
                case '[':
                    return List(depth);
                case '"':
                    return Text();
                case 't':
                    return Word("true", true);
                case 'f':
                    return Word("false", false);
                case 'n':
                    return Word("null", null);
                default:
                    return Number();
            }
        }

        private Dictionary<string, object> Object(int depth)
        {
            var fields = new Dictionary<string, object>(StringComparer.Ordinal);
            at++;
            SkipSpace();
            if (Accept('}'))
            {
                return fields;
            }
            while (true)
            {
                SkipSpace();
                if (at >= text.Length || text[at] != '"')
                {
                    throw Bad();
                }
                var name = Text();
                SkipSpace();
                Expect(':');
                fields[name] = Value(depth + 1);
                SkipSpace();
                if (Accept('}'))
                {
                    return fields;
                }
                Expect(',');
            }
        }

        private List<object> List(int depth)
        {
            var entries = new List<object>();
            at++;
            SkipSpace();
            if (Accept(']'))
            {
                return entries;
            }
            while (true)
            {
                entries.Add(Value(depth + 1));
                SkipSpace();
                if (Accept(']'))
                {
                    return entries;
                }
                Expect(',');
            }
        }

        private string Text()
        {
            var built = new StringBuilder();
            at++;
            while (true)
            {
                if (at >= text.Length || text[at] < ' ')
                {
                    throw Bad();
                }
                var c = text[at++];
                if (c == '"')
                {
                    return built.ToString();
                }
                built.Append(c == '\\' ? Escaped() : c);
            }
        }

        private char Escaped()
        {
            if (at >= text.Length)
            {
                throw Bad();
            }
            var c = text[at++];
            switch (c)
            {
                case '"':
                case '\\':
                case '/':
                    return c;
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u':
                    int code;
                    if (at + 4 > text.Length || !int.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
                    {
                        throw Bad();
                    }
                    at += 4;
                    return (char)code;
                default:
                    throw Bad();
            }
        }

        private object Number()
        {
            var from = at;
            Accept('-');
            if (!Accept('0'))
            {
                Digits();
            }
            if (Accept('.'))
            {
                Digits();
            }
            if (Accept('e') || Accept('E'))
            {
                if (!Accept('+'))
                {
                    Accept('-');
                }
                Digits();
            }
            double value;
            const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            var isNumber = double.TryParse(text.Substring(from, at - from), style, CultureInfo.InvariantCulture, out value);
            // .NET Framework refuses what is beyond any double, newer runtimes make it an infinity.
            return isNumber && !double.IsInfinity(value) ? value : double.NaN;
        }

        private void Digits()
        {
            var from = at;
            while (at < text.Length && text[at] >= '0' && text[at] <= '9')
            {
                at++;
            }
            if (at == from)
            {
                throw Bad();
            }
        }

        private object Word(string word, object value)
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
            {
                throw Bad();
            }
            at += word.Length;
            return value;
        }

        private bool Accept(char c)
        {
            if (at >= text.Length || text[at] != c)
            {
                return false;
            }
            at++;
            return true;
        }

        private void Expect(char c)
        {
            if (!Accept(c))
            {
                throw Bad();
            }
        }

        private void SkipSpace()
        {
            while (at < text.Length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
            {
                at++;
            }
        }

        private BadFrame Bad()
        {
            return new BadFrame("NOT_JSON", "no JSON at character " + at.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads the fields of one object strictly: a missing, wrong or unknown one refuses the message.</summary>
    internal sealed class Fields
    {
        private const double LargestInteger = 9007199254740991;
        private readonly Dictionary<string, object> fields;
        private readonly HashSet<string> read = new HashSet<string>(StringComparer.Ordinal);

        internal Fields(object value)
        {
            fields = value as Dictionary<string, object>;
            if (fields == null)
            {
                throw Bad("an object was due");
            }
        }

        internal string Text(string name, int min, int max)
        {
            var value = Get(name) as string;
            if (value == null || value.Length < min || value.Length > max)
            {
                throw Bad(name);
            }
            return value;
        }

        internal string Identifier(string name)
        {
            return Text(name, 1, 128);
        }

        internal string PlatformName(string name)
        {
            return Text(name, 1, 200);
        }

        internal string OneOf(string name, params string[] words)
        {
            var value = Get(name) as string;
            if (value == null || Array.IndexOf(words, value) < 0)
            {
                throw Bad(name);
            }
            return value;
        }

        internal long Integer(string name, double min, double max)
        {
            var value = Get(name);
            if (!(value is double) || !IsInteger((double)value, min, max))
            {
                throw Bad(name);
            }
            return (long)(double)value;
        }

        internal long? IntegerOrNull(string name, double min, double max)
        {
            return Get(name) == null ? (long?)null : Integer(name, min, max);
        }

        internal double? FigureOrNull(string name)
        {
            var value = Get(name);
            if (value == null)
            {
                return null;
            }
            if (!(value is double) || double.IsNaN((double)value))
            {
                throw Bad(name);
            }
            return (double)value;
        }

        internal bool Flag(string name)
        {
            var value = Get(name);
            if (!(value is bool))
            {
                throw Bad(name);
            }
            return (bool)value;
        }

        internal List<object> List(string name, int min, int max)
        {
            var value = Get(name) as List<object>;
            if (value == null || value.Count < min || value.Count > max)
            {
                throw Bad(name);
            }
            return value;
        }

        internal List<string> Names(string name, int min, int max)
        {
            var names = new List<string>();
            foreach (var entry in List(name, min, max))
            {
                var text = entry as string;
                if (text == null || text.Length < 1 || text.Length > 200)
                {
                    throw Bad(name);
                }
                names.Add(text);
            }
            return names;
        }

        internal Fields Object(string name)
        {
            return new Fields(Get(name));
        }

        /// <summary>Refuses what was not asked for: an unknown field of a command might have changed its meaning.</summary>
        internal void NothingElse()
        {
            foreach (var name in fields.Keys)
            {
                if (!read.Contains(name))
                {
                    throw Bad("unknown field " + name);
                }
            }
        }

        private object Get(string name)
        {
            object value;
            read.Add(name);
            if (!fields.TryGetValue(name, out value))
            {
                throw Bad(name + " is missing");
            }
            return value;
        }

        private static bool IsInteger(double value, double min, double max)
        {
            return value >= min && value <= max && Math.Abs(value) <= LargestInteger && Math.Floor(value) == value;
        }

        private static BadFrame Bad(string detail)
        {
            return new BadFrame("SCHEMA", detail);
        }
    }

    /// <summary>NinjaTrader's enumerations in the protocol's words; what a newer NinjaTrader adds becomes "unknown".</summary>
    internal static class Words
    {
        private static readonly HashSet<string> connectionStates = Set("connected", "connecting", "disconnecting", "disconnected", "connectionLost");
        private static readonly HashSet<string> orderStates = Set("initialized", "submitted", "accepted", "acceptedByRisk", "triggerPending", "working", "changePending", "changeSubmitted", "cancelPending", "cancelSubmitted", "partFilled", "suspended", "filled", "cancelled", "rejected");
        private static readonly HashSet<string> orderTypes = Set("market", "limit", "stopMarket", "stopLimit");
        private static readonly HashSet<string> lifeTimes = Set("day", "gtc", "ioc", "opg", "gtd");

        internal static string Of(ConnectionStatus status)
        {
            return Known(connectionStates, Camel(status.ToString()), "unknown");
        }

        internal static string Of(OrderState state)
        {
            return Known(orderStates, Camel(state.ToString()), "unknown");
        }

        internal static string Of(OrderType type)
        {
            return type == OrderType.MIT ? "mit" : Known(orderTypes, Camel(type.ToString()), "unknown");
        }

        internal static string Of(TimeInForce life)
        {
            return Known(lifeTimes, Camel(life.ToString()), "day");
        }

        internal static string Of(OrderAction action)
        {
            return Camel(action.ToString());
        }

        internal static string Of(OrderEntry entry)
        {
            return entry == OrderEntry.Manual ? "manual" : "automated";
        }

        internal static string Of(ErrorCode error)
        {
            return error == ErrorCode.NoError ? "" : error.ToString();
        }

        internal static string Of(global::NinjaTrader.Cbi.Currency currency)
        {
            switch (currency.ToString())
            {
                case "UsDollar":
                    return "USD";
                case "Euro":
                    return "EUR";
                case "BritishPound":
                    return "GBP";
                case "JapaneseYen":
                    return "JPY";
                case "SwissFranc":
                    return "CHF";
                case "CanadianDollar":
                    return "CAD";
                case "AustralianDollar":
                    return "AUD";
                default:
                    return currency.ToString();
            }
        }

        internal static string Camel(string word)
        {
            return word.Length == 0 ? word : char.ToLowerInvariant(word[0]) + word.Substring(1);
        }

        /// <summary>Cuts a text of the platform to what the protocol permits.</summary>
        internal static string Cut(string text, int length)
        {
            if (text == null)
            {
                return "";
            }
            return text.Length <= length ? text : text.Substring(0, length);
        }

        internal static string Text(long value)
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        private static string Known(HashSet<string> words, string word, string otherwise)
        {
            return words.Contains(word) ? word : otherwise;
        }

        private static HashSet<string> Set(params string[] words)
        {
            return new HashSet<string>(words, StringComparer.Ordinal);
        }
    }

    /// <summary>UTC in epoch milliseconds, from the PC's clock or from a time in the zone NinjaTrader is set to.</summary>
    internal static class Times
    {
        private static readonly DateTime epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        private static readonly PropertyInfo optionsProperty = typeof(Globals).GetProperty("GeneralOptions", BindingFlags.Public | BindingFlags.Static);
        private static volatile PropertyInfo zoneProperty;

        internal static long Now()
        {
            return Milliseconds(DateTime.UtcNow);
        }

        /// <summary>A time of the platform; the PC's present time where the platform gave none.</summary>
        internal static long Of(DateTime time)
        {
            return time.Year < 1971 ? Now() : Milliseconds(ToUtc(time));
        }

        /// <summary>A date, whatever the zone: its midnight in UTC.</summary>
        internal static long OfDay(DateTime day)
        {
            return Milliseconds(DateTime.SpecifyKind(day.Date, DateTimeKind.Utc));
        }

        private static long Milliseconds(DateTime utc)
        {
            return (utc.Ticks - epoch.Ticks) / TimeSpan.TicksPerMillisecond;
        }

        private static DateTime ToUtc(DateTime time)
        {
            if (time.Kind == DateTimeKind.Utc)
            {
                return time;
            }
            if (time.Kind == DateTimeKind.Local)
            {
                return time.ToUniversalTime();
            }
            var zone = Zone();
            try
            {
                return TimeZoneInfo.ConvertTimeToUtc(time, zone);
            }
            catch (ArgumentException)
            {
                // The hour that spring skips does not exist; standard time is what the platform's clock still showed.
                return DateTime.SpecifyKind(time - zone.BaseUtcOffset, DateTimeKind.Utc);
            }
        }

        /// <summary>
        /// NinjaTrader's configured zone. The type of GeneralOptions differs between versions, so it is asked by name,
        /// each time anew, because the user can change it.
        /// </summary>
        private static TimeZoneInfo Zone()
        {
            try
            {
                var options = optionsProperty == null ? null : optionsProperty.GetValue(null, null);
                if (options != null)
                {
                    var property = zoneProperty;
                    if (property == null || property.DeclaringType == null || !property.DeclaringType.IsInstanceOfType(options))
                    {
                        property = options.GetType().GetProperty("TimeZoneInfo");
                        zoneProperty = property;
                    }
                    var zone = property == null ? null : property.GetValue(options, null) as TimeZoneInfo;
                    if (zone != null)
                    {
                        return zone;
                    }
                }
            }
            catch (Exception)
            {
                // The PC's own zone is NinjaTrader's default.
            }
            return TimeZoneInfo.Local;
        }
    }

    #endregion

    #region Messages: what goes out and what comes in

    /// <summary>The payloads of the AddOn's messages. Built where the values are at hand, as text that no later event changes.</summary>
    internal static class Messages
    {
        internal static string Log(string level, string code, string text)
        {
            return new JsonWriter().Open()
                .Field("level", level)
                .Field("code", Words.Cut(code, 60))
                .Field("text", Words.Cut(text, Limits.FreeText))
                .Close().ToString();
        }

        internal static string Ack(string commandId, string status, string code, string detail)
        {
            return new JsonWriter().Open()
                .Field("commandId", commandId)
                .Field("status", status)
                .Field("code", code)
                .Field("detail", Words.Cut(detail, Limits.FreeText))
                .Close().ToString();
        }

        internal static string Result(string commandId, Outcome outcome, List<Remaining> remaining)
        {
            var json = new JsonWriter().Open()
                .Field("commandId", commandId)
                .Field("outcome", outcome.Kind)
                .Field("code", Words.Cut(outcome.Code, 60))
                .Field("detail", Words.Cut(outcome.Detail, Limits.FreeText))
                .OpenList("remaining");
            for (var i = 0; i < remaining.Count && i < Limits.SnapshotEntries; i++)
            {
                var open = remaining[i];
                json.Entry(new JsonWriter().Open()
                    .Field("account", open.Account)
                    .Field("instrument", open.Instrument)
                    .Field("quantity", open.Quantity)
                    .Field("workingOrders", open.WorkingOrders)
                    .Close().ToString());
            }
            return json.CloseList().Close().ToString();
        }

        internal static string Progress(string commandId, string account, string instrument, string step, string detail)
        {
            return new JsonWriter().Open()
                .Field("commandId", Words.Cut(commandId, 128))
                .Field("account", account)
                .Field("instrument", instrument)
                .Field("step", step)
                .Field("detail", Words.Cut(detail, Limits.FreeText))
                .Close().ToString();
        }

        internal static string AccountOf(Account account, string kind, int executionCount)
        {
            var connection = account.Connection;
            var options = connection == null ? null : connection.Options;
            var name = options == null ? null : options.Name;
            var json = new JsonWriter().Open()
                .Field("name", Words.Cut(account.Name, 200))
                .Field("displayName", Words.Cut(string.IsNullOrEmpty(account.DisplayName) ? account.Name : account.DisplayName, 200))
                .Field("kind", kind)
                .Field("provider", Words.Cut(account.Provider.ToString(), 80))
                .Field("connectionName", string.IsNullOrEmpty(name) ? null : Words.Cut(name, 200))
                .Field("connectionStatus", Words.Of(account.ConnectionStatus))
                .Field("currency", Words.Of(account.Denomination));
            var items = connection == null ? null : connection.AccountItems;
            if (items == null)
            {
                json.Field("reportedItems", (string)null);
            }
            else
            {
                json.OpenList("reportedItems");
                for (var i = 0; i < items.Length && i < 60; i++)
                {
                    json.TextEntry(Words.Camel(items[i].ToString()));
                }
                json.CloseList();
            }
            return json.Field("executionCount", executionCount).Close().ToString();
        }

        internal static string Item(string account, AccountItem item, double? value, long time)
        {
            return new JsonWriter().Open()
                .Field("account", account)
                .Field("item", Words.Camel(item.ToString()))
                .FigureOrNull("value", value)
                .Field("time", time)
                .Close().ToString();
        }

        internal static string ConnectionOf(string name, Connection connection, ConnectionStatus status, ConnectionStatus price, string error, string native)
        {
            var options = connection.Options;
            return new JsonWriter().Open()
                .Field("name", Words.Cut(name, 200))
                .Field("provider", options == null ? "" : Words.Cut(options.Provider.ToString(), 80))
                .Field("mode", options == null ? "unknown" : options.Mode == Mode.Live ? "live" : options.Mode == Mode.Simulation ? "simulation" : "unknown")
                .Field("status", Words.Of(status))
                .Field("priceStatus", Words.Of(price))
                .Field("error", Words.Cut(error, 60))
                .Field("nativeError", Words.Cut(native, Limits.FreeText))
                .Close().ToString();
        }

        /// <summary>An order as it stands now; <see cref="OrderEvent"/> tells it as it stood at an event.</summary>
        internal static string OrderOf(string account, Order order)
        {
            return OrderText(account, order, order.OrderId, order.OrderState, order.Quantity, order.Filled, order.AverageFillPrice, order.LimitPrice, order.StopPrice, ErrorCode.NoError, "", order.Time);
        }

        internal static string OrderEvent(string account, OrderEventArgs e)
        {
            return OrderText(account, e.Order, e.OrderId, e.OrderState, e.Quantity, e.Filled, e.AverageFillPrice, e.LimitPrice, e.StopPrice, e.Error, e.Comment, e.Time);
        }

        private static string OrderText(string account, Order order, string brokerId, OrderState state, int quantity, int filled, double average, double limit, double stop, ErrorCode error, string comment, DateTime time)
        {
            var type = order.OrderType;
            var hasLimit = type == OrderType.Limit || type == OrderType.StopLimit;
            var hasStop = type == OrderType.StopMarket || type == OrderType.StopLimit || type == OrderType.MIT;
            return new JsonWriter().Open()
                .Field("account", account)
                .Field("instrument", Words.Cut(order.Instrument.FullName, 200))
                .Field("orderId", OrderKeys.Of(order))
                .Field("brokerOrderId", Words.Cut(brokerId, 200))
                .Field("name", Words.Cut(order.Name, 200))
                .Field("oco", Words.Cut(order.Oco, 200))
                .Field("action", Words.Of(order.OrderAction))
                .Field("orderType", Words.Of(type))
                .Field("tif", Words.Of(order.TimeInForce))
                .Field("entry", Words.Of(order.OrderEntry))
                .Field("quantity", quantity)
                .Field("filled", filled)
                .Figure("averageFillPrice", filled == 0 ? 0 : average)
                .FigureOrNull("limitPrice", hasLimit ? limit : (double?)null)
                .FigureOrNull("stopPrice", hasStop ? stop : (double?)null)
                .Field("state", Words.Of(state))
                .Field("error", Words.Cut(Words.Of(error), 60))
                .Field("comment", Words.Cut(comment, Limits.Comment))
                .Field("time", Times.Of(time))
                .Close().ToString();
        }

        internal static string ExecutionOf(string account, Execution execution)
        {
            var order = execution.Order;
            return new JsonWriter().Open()
                .Field("account", account)
                .Field("instrument", Words.Cut(execution.Instrument.FullName, 200))
                .Field("executionId", Words.Cut(execution.ExecutionId, 128))
                .Field("orderId", order == null ? null : OrderKeys.Of(order))
                .Field("side", execution.MarketPosition == MarketPosition.Short ? "sell" : "buy")
                .Field("quantity", execution.Quantity)
                .Figure("price", execution.Price)
                .Figure("commission", execution.Commission)
                .Figure("fee", execution.Fee)
                .FieldOrNull("positionAfter", order == null ? (long?)null : execution.Position)
                .Field("isStartOfDay", execution.IsSod)
                .Field("time", Times.Of(execution.Time))
                .Close().ToString();
        }

        internal static string PositionOf(string account, string instrument, int quantity, double average, long time)
        {
            return new JsonWriter().Open()
                .Field("account", account)
                .Field("instrument", Words.Cut(instrument, 200))
                .Field("quantity", quantity)
                .FigureOrNull("averagePrice", quantity == 0 ? (double?)null : average)
                .Field("time", time)
                .Close().ToString();
        }

        /// <summary>Whether a contract has the terms without which nothing priced in it can be told.</summary>
        internal static bool HasTerms(Instrument instrument)
        {
            var master = instrument == null ? null : instrument.MasterInstrument;
            return master != null && !string.IsNullOrEmpty(instrument.FullName) && !string.IsNullOrEmpty(master.Name) && master.TickSize > 0 && master.PointValue > 0;
        }

        internal static string InstrumentOf(Instrument instrument)
        {
            var master = instrument.MasterInstrument;
            return new JsonWriter().Open()
                .Field("fullName", Words.Cut(instrument.FullName, 200))
                .Field("root", Words.Cut(master.Name, 40))
                .Field("instrumentType", Words.Cut(Words.Camel(master.InstrumentType.ToString()), 40))
                .Figure("tickSize", master.TickSize)
                .Figure("pointValue", master.PointValue)
                .Field("currency", Words.Of(master.Currency))
                .FieldOrNull("expiry", instrument.Expiry.Year < 1971 || instrument.Expiry.Year > 2200 ? (long?)null : Times.OfDay(instrument.Expiry))
                .Close().ToString();
        }

        internal static string Guard(GuardState state)
        {
            var json = new JsonWriter().Open()
                .Field("revision", state.Revision)
                .Field("enforcing", true)
                .OpenList("accounts");
            foreach (var account in state.Accounts)
            {
                json.Entry(account.ToJson());
            }
            return json.CloseList().Close().ToString();
        }

        internal static string Goodbye(string reason)
        {
            return new JsonWriter().Open().Field("reason", Words.Cut(reason, Limits.FreeText)).Field("at", Times.Now()).Close().ToString();
        }
    }

    /// <summary>
    /// A key for each order that never changes during its life. NinjaTrader's own id is used when it has one at first
    /// sight; the broker's id changes and repeats.
    /// </summary>
    internal static class OrderKeys
    {
        private static readonly ConditionalWeakTable<Order, string> keys = new ConditionalWeakTable<Order, string>();
        private static readonly string load = Guid.NewGuid().ToString("N").Substring(0, 8);
        private static long unnamed;

        internal static string Of(Order order)
        {
            return keys.GetValue(order, MakeKey);
        }

        private static string MakeKey(Order order)
        {
            return order.Id > 0 ? Words.Text(order.Id) : "local-" + load + "-" + Words.Text(Interlocked.Increment(ref unnamed));
        }
    }

    /// <summary>How a command ended: `done`, `partial` or `failed`, with a code for the app and words for a person.</summary>
    internal sealed class Outcome
    {
        internal readonly string Kind;
        internal readonly string Code;
        internal readonly string Detail;

        internal Outcome(string kind, string code, string detail)
        {
            Kind = kind;
            Code = code;
            Detail = detail;
        }
    }

    /// <summary>What the platform still shows open for one account and instrument.</summary>
    internal sealed class Remaining
    {
        internal readonly string Account;
        internal readonly string Instrument;
        internal readonly int Quantity;
        internal readonly int WorkingOrders;

        internal Remaining(string account, string instrument, int quantity, int workingOrders)
        {
            Account = account;
            Instrument = instrument;
            Quantity = quantity;
            WorkingOrders = workingOrders;
        }
    }

    internal sealed class Scope
    {
        internal readonly string Kind;
        /// <summary>Null for `all`.</summary>
        internal readonly string Account;
        /// <summary>Null unless the scope is one instrument.</summary>
        internal readonly string Instrument;

        internal Scope(string kind, string account, string instrument)
        {
            Kind = kind;
            Account = account;
            Instrument = instrument;
        }

        internal bool HasAccount(string account)
        {
            return Account == null || string.Equals(Account, account, StringComparison.OrdinalIgnoreCase);
        }

        internal bool Has(string account, string instrument)
        {
            return HasAccount(account) && (Instrument == null || Instrument == instrument);
        }

        internal static Scope Read(Fields fields)
        {
            var kind = fields.OneOf("kind", "instrument", "account", "all");
            var account = kind == "all" ? null : fields.PlatformName("account");
            var instrument = kind == "instrument" ? fields.PlatformName("instrument") : null;
            fields.NothingElse();
            return new Scope(kind, account, instrument);
        }
    }

    /// <summary>A message of the app after the handshake, checked to the last field.</summary>
    internal sealed class AppMessage
    {
        internal string Id;
        internal long Seq;
        internal string Type;
        /// <summary>Null for heartbeat and ping.</summary>
        internal string CommandId;
        internal string Echo;
        internal string Kind;
        internal long? ExecutionsSince;
        internal Scope Scope;
        internal int Attempt;
        internal string Method;
        internal int HoldEntriesMs;
        internal string Account;
        internal string Instrument;
        internal string OrderId;
        internal string Action;
        internal string OrderType;
        internal string LifeTime;
        internal int? Quantity;
        internal double? LimitPrice;
        internal double? StopPrice;
        internal string Oco;
        internal string Name;
        internal bool ReduceOnly;
        internal List<string> Quotes;
        internal bool Bars;
        internal GuardState Guard;
    }

    /// <summary>What the server says before a session is open.</summary>
    internal sealed class ServerWord
    {
        internal string Type;
        internal string ServerNonce;
        internal string ServerProof;
        internal int HeartbeatMs;
        internal int DeadMs;
        internal string Code;
        internal string Reason;
    }

    /// <summary>Decodes frames; whatever arrives becomes a checked message or a <see cref="BadFrame"/>.</summary>
    internal static class Frames
    {
        private const int LargestQuantity = 2147483647;
        private const double LargestTime = 8640000000000000;

        internal static AppMessage App(string frame)
        {
            var envelope = Envelope(frame, "heartbeat", "ping", "snapshot", "flatten", "cancelAll", "cancelOrder", "submitOrder", "modifyOrder", "subscribe", "unsubscribe", "setGuard");
            var message = new AppMessage();
            message.Type = envelope.Text("type", 1, 60);
            message.Id = envelope.Identifier("id");
            message.Seq = envelope.Integer("seq", 0, double.MaxValue);
            var payload = envelope.Object("payload");
            ReadPayload(message, payload);
            payload.NothingElse();
            return message;
        }

        internal static ServerWord Server(string frame)
        {
            var envelope = Envelope(frame, "challenge", "welcome", "refused");
            var word = new ServerWord();
            word.Type = envelope.Text("type", 1, 60);
            var payload = envelope.Object("payload");
            if (word.Type == "challenge")
            {
                word.ServerNonce = Secret(payload, "serverNonce");
                word.ServerProof = Secret(payload, "serverProof");
            }
            else if (word.Type == "welcome")
            {
                payload.Identifier("sessionId");
                word.HeartbeatMs = (int)payload.Integer("heartbeatMs", 100, 60000);
                payload.Integer("staleMs", 200, 600000);
                word.DeadMs = (int)payload.Integer("deadMs", 500, 600000);
            }
            else
            {
                word.Code = payload.OneOf("code", "UNSUPPORTED_VERSION", "BAD_PROOF", "BAD_HANDSHAKE", "HANDSHAKE_TIMEOUT", "TOO_MANY_ATTEMPTS", "REPLACED", "SHUTTING_DOWN");
                word.Reason = payload.Text("reason", 0, Limits.FreeText);
            }
            return word;
        }

        private static Fields Envelope(string frame, params string[] types)
        {
            var json = JsonReader.Read(frame) as Dictionary<string, object>;
            object type;
            if (json == null || !json.TryGetValue("type", out type) || !(type is string))
            {
                throw new BadFrame("NOT_AN_ENVELOPE", "no message");
            }
            object version;
            if (!json.TryGetValue("v", out version) || !(version is double) || (double)version != EnigmaApexAddonInfo.Protocol)
            {
                throw new BadFrame("UNSUPPORTED_VERSION", "another version of the protocol");
            }
            if (Array.IndexOf(types, (string)type) < 0)
            {
                throw new BadFrame("UNKNOWN_TYPE", Words.Cut((string)type, 60));
            }
            var fields = new Fields(json);
            fields.Identifier("id");
            fields.Integer("seq", 0, double.MaxValue);
            fields.Integer("ts", 0, LargestTime);
            if (json.ContainsKey("correlationId"))
            {
                fields.Identifier("correlationId");
            }
            return fields;
        }

        private static void ReadPayload(AppMessage message, Fields payload)
        {
            if (message.Type == "heartbeat")
            {
                payload.Integer("receivedSeq", 0, double.MaxValue);
                payload.Integer("durableSeq", 0, double.MaxValue);
                return;
            }
            if (message.Type == "ping")
            {
                message.Echo = payload.Identifier("echo");
                return;
            }
            message.CommandId = payload.Identifier("commandId");
            switch (message.Type)
            {
                case "snapshot":
                    message.Kind = payload.OneOf("kind", "full", "state");
                    message.ExecutionsSince = payload.IntegerOrNull("executionsSince", 0, LargestTime);
                    break;
                case "flatten":
                    message.Scope = Scope.Read(payload.Object("scope"));
                    message.Attempt = (int)payload.Integer("attempt", 1, 20);
                    message.Method = payload.OneOf("method", "market", "marketableLimit");
                    message.HoldEntriesMs = (int)payload.Integer("holdEntriesMs", 0, 600000);
                    break;
                case "cancelAll":
                    message.Scope = Scope.Read(payload.Object("scope"));
                    break;
                case "cancelOrder":
                    message.Account = payload.PlatformName("account");
                    message.OrderId = payload.Identifier("orderId");
                    break;
                case "submitOrder":
                    ReadSubmit(message, payload);
                    break;
                case "modifyOrder":
                    message.Account = payload.PlatformName("account");
                    message.OrderId = payload.Identifier("orderId");
                    message.Quantity = (int?)payload.IntegerOrNull("quantity", 1, LargestQuantity);
                    message.LimitPrice = payload.FigureOrNull("limitPrice");
                    message.StopPrice = payload.FigureOrNull("stopPrice");
                    break;
                case "subscribe":
                    message.Quotes = payload.Names("quotes", 1, 200);
                    message.Bars = payload.Flag("bars");
                    break;
                case "unsubscribe":
                    message.Quotes = payload.Names("quotes", 1, 200);
                    break;
                case "setGuard":
                    message.Guard = GuardState.Read(payload);
                    break;
            }
        }

        private static void ReadSubmit(AppMessage message, Fields payload)
        {
            message.Account = payload.PlatformName("account");
            message.Instrument = payload.PlatformName("instrument");
            message.Action = payload.OneOf("action", "buy", "buyToCover", "sell", "sellShort");
            message.OrderType = payload.OneOf("orderType", "market", "limit", "stopMarket", "stopLimit");
            message.LifeTime = payload.OneOf("tif", "day", "gtc");
            message.Quantity = (int)payload.Integer("quantity", 1, LargestQuantity);
            message.LimitPrice = payload.FigureOrNull("limitPrice");
            message.StopPrice = payload.FigureOrNull("stopPrice");
            message.Oco = payload.Text("oco", 0, 200);
            message.Name = payload.Text("name", 0, 50);
            message.ReduceOnly = payload.Flag("reduceOnly");
        }

        /// <summary>32 bytes in base64.</summary>
        private static string Secret(Fields payload, string name)
        {
            var text = payload.Text(name, 44, 44);
            try
            {
                if (Convert.FromBase64String(text).Length == 32)
                {
                    return text;
                }
            }
            catch (FormatException)
            {
                // Told below.
            }
            throw new BadFrame("SCHEMA", name);
        }
    }

    #endregion

    #region Queue: what waits for the app

    /// <summary>Something to send. Quotes and account items replace what waits under the same key; nothing else is ever merged.</summary>
    internal sealed class Outgoing
    {
        internal readonly string Type;
        internal readonly string CorrelationId;
        /// <summary>Contracts whose terms the app must have before it can read this.</summary>
        internal readonly List<Instrument> Instruments;
        /// <summary>Payloads sent one behind the other without anything between them: the parts of a snapshot.</summary>
        internal readonly List<string> Payloads;
        internal readonly bool IsFact;

        internal Outgoing(string type, List<string> payloads, string correlationId, List<Instrument> instruments, bool isFact)
        {
            Type = type;
            Payloads = payloads;
            CorrelationId = correlationId;
            Instruments = instruments;
            IsFact = isFact;
        }
    }

    /// <summary>
    /// The bounded queue between NinjaTrader's threads and the sender. While no session is open it takes nothing: the next
    /// session begins with a snapshot. When facts pile up they are dropped together and a resync is asked for.
    /// </summary>
    internal sealed class Outbox
    {
        private readonly object gate = new object();
        private readonly SemaphoreSlim bell = new SemaphoreSlim(0);
        private readonly LinkedList<Outgoing> queue = new LinkedList<Outgoing>();
        private readonly Dictionary<string, LinkedListNode<Outgoing>> newest = new Dictionary<string, LinkedListNode<Outgoing>>(StringComparer.Ordinal);
        private readonly Dictionary<Outgoing, string> keys = new Dictionary<Outgoing, string>();
        private int facts;
        private volatile bool open;
        private bool sleeping;
        private long lastSeq;
        private volatile int session;

        /// <summary>Changes with every session, so that what was begun in an earlier one can be told.</summary>
        internal int Session
        {
            get { return session; }
        }

        /// <summary>Number of the message sent last in this session.</summary>
        internal long LastSeq
        {
            get { return Interlocked.Read(ref lastSeq); }
        }

        internal int Count
        {
            get
            {
                lock (gate)
                {
                    return queue.Count;
                }
            }
        }

        internal bool IsOpen
        {
            get { return open; }
        }

        /// <summary>Begins a session with an empty queue.</summary>
        internal void Open()
        {
            lock (gate)
            {
                Clear();
                open = true;
                session++;
                Interlocked.Exchange(ref lastSeq, 0);
            }
        }

        internal void Shut()
        {
            lock (gate)
            {
                open = false;
                Clear();
            }
            Wake();
        }

        /// <summary>An event of the platform; a key lets a newer one take its place in the queue.</summary>
        internal void Fact(string type, string payload, Instrument instrument, string key)
        {
            var instruments = instrument == null ? null : new List<Instrument> { instrument };
            Add(new Outgoing(type, new List<string> { payload }, null, instruments, true), key);
        }

        /// <summary>An answer, a result or a log line; never dropped for facts.</summary>
        internal void Answer(string type, string payload, string correlationId)
        {
            Add(new Outgoing(type, new List<string> { payload }, correlationId, null, false), null);
        }

        internal void Snapshot(List<string> parts, string correlationId, List<Instrument> instruments, int begunIn)
        {
            if (begunIn != session)
            {
                return;
            }
            Add(new Outgoing("snapshot", parts, correlationId, instruments, false), null);
        }

        /// <summary>The next thing to send; null when there is nothing.</summary>
        internal Outgoing Take()
        {
            lock (gate)
            {
                var first = queue.First;
                if (first == null)
                {
                    sleeping = true;
                    return null;
                }
                queue.RemoveFirst();
                Forget(first.Value);
                return first.Value;
            }
        }

        internal Task<bool> Wait(int milliseconds)
        {
            return bell.WaitAsync(milliseconds);
        }

        internal long NextSeq()
        {
            return Interlocked.Increment(ref lastSeq);
        }

        private void Add(Outgoing outgoing, string key)
        {
            bool wake;
            lock (gate)
            {
                if (!open)
                {
                    return;
                }
                LinkedListNode<Outgoing> waiting;
                if (key != null && newest.TryGetValue(key, out waiting))
                {
                    keys.Remove(waiting.Value);
                    waiting.Value = outgoing;
                    keys[outgoing] = key;
                    return;
                }
                var node = queue.AddLast(outgoing);
                if (key != null)
                {
                    newest[key] = node;
                    keys[outgoing] = key;
                }
                if (outgoing.IsFact)
                {
                    facts++;
                }
                if (facts > Limits.QueuedFacts || queue.Count - facts > Limits.QueuedAnswers)
                {
                    Overflow();
                }
                wake = sleeping;
                sleeping = false;
            }
            if (wake)
            {
                Wake();
            }
        }

        /// <summary>Drops the facts, which a full snapshot tells again. Answers stay unless they too are beyond all bounds.</summary>
        private void Overflow()
        {
            var answers = new List<Outgoing>();
            foreach (var waiting in queue)
            {
                if (!waiting.IsFact && waiting.Type != "addonLog" && waiting.Type != "flattenProgress")
                {
                    answers.Add(waiting);
                }
            }
            Clear();
            var from = Math.Max(0, answers.Count - Limits.QueuedAnswers);
            for (var i = from; i < answers.Count; i++)
            {
                queue.AddLast(answers[i]);
            }
            queue.AddLast(new Outgoing("resyncNeeded", new List<string> { "{\"reason\":\"overflow\"}" }, null, null, false));
        }

        private void Forget(Outgoing outgoing)
        {
            string key;
            if (keys.TryGetValue(outgoing, out key))
            {
                keys.Remove(outgoing);
                newest.Remove(key);
            }
            if (outgoing.IsFact)
            {
                facts--;
            }
        }

        private void Clear()
        {
            queue.Clear();
            newest.Clear();
            keys.Clear();
            facts = 0;
        }

        private void Wake()
        {
            bell.Release();
        }
    }

    #endregion

    #region Transport: pairing, handshake, one sender, one receiver

    /// <summary>The file the app wrote for this user: where it listens, and the key both sides prove.</summary>
    internal sealed class Pairing
    {
        internal readonly int Port;
        internal readonly byte[] Key;
        /// <summary>Tells one pairing from another without showing the key.</summary>
        internal readonly string Mark;

        private Pairing(int port, byte[] key, string mark)
        {
            Port = port;
            Key = key;
            Mark = mark;
        }

        internal static string Folder
        {
            get { return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Enigma Apex"); }
        }

        /// <summary>Reads the file; null while there is none or it cannot be used, with the reason for a person.</summary>
        internal static Pairing Read(out string problem)
        {
            var file = Path.Combine(Folder, "pairing.json");
            try
            {
                if (!File.Exists(file))
                {
                    problem = "the desktop app has not been started yet (there is no pairing file)";
                    return null;
                }
                var fields = new Fields(JsonReader.Read(File.ReadAllText(file, Encoding.UTF8)));
                fields.Integer("v", 1, 1);
                fields.OneOf("host", "127.0.0.1");
                var port = (int)fields.Integer("port", 1, 65535);
                var key = Convert.FromBase64String(fields.Text("key", 44, 44));
                var created = fields.Integer("createdAt", 0, double.MaxValue);
                if (key.Length != 32)
                {
                    throw new BadFrame("SCHEMA", "key");
                }
                problem = null;
                return new Pairing(port, key, Words.Text(port) + "/" + Words.Text(created));
            }
            catch (BadFrame)
            {
                problem = "the pairing file is damaged";
            }
            catch (FormatException)
            {
                problem = "the pairing file is damaged";
            }
            catch (IOException error)
            {
                problem = "the pairing file cannot be read: " + error.Message;
            }
            catch (UnauthorizedAccessException)
            {
                problem = "the pairing file belongs to another user";
            }
            return null;
        }
    }

    internal static class Proof
    {
        internal static string Nonce()
        {
            var bytes = new byte[32];
            using (var random = RandomNumberGenerator.Create())
            {
                random.GetBytes(bytes);
            }
            return Convert.ToBase64String(bytes);
        }

        /// <summary>HMAC-SHA-256 over the role, both nonces and the instance; see docs/protocol.md.</summary>
        internal static string Of(byte[] key, string role, string clientNonce, string serverNonce, string instanceId)
        {
            return Sign(key, "enigma-apex/1/" + role + "\n" + clientNonce + "\n" + serverNonce + "\n" + instanceId);
        }

        internal static string Sign(byte[] key, string text)
        {
            using (var mac = new HMACSHA256(key))
            {
                return Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes(text)));
            }
        }

        /// <summary>Compares in a time that does not depend on where two proofs differ.</summary>
        internal static bool Match(string expected, string given)
        {
            if (given == null || expected.Length != given.Length)
            {
                return false;
            }
            var difference = 0;
            for (var i = 0; i < expected.Length; i++)
            {
                difference |= expected[i] ^ given[i];
            }
            return difference == 0;
        }
    }

    /// <summary>Why a session ended, and whether to come back.</summary>
    internal sealed class LinkEnded : Exception
    {
        internal readonly string Code;

        internal LinkEnded(string code, string reason)
            : base(reason)
        {
            Code = code;
        }
    }

    /// <summary>Connects to the app, again and again, and keeps one session alive.</summary>
    internal sealed class Link
    {
        private readonly string instanceId;
        private readonly Outbox outbox;
        private readonly Commands commands;
        private readonly Snapshots snapshots;
        private readonly Reporter reporter;
        private readonly Platform platform;
        private readonly Stopwatch clock;
        private readonly HashSet<string> toldInstruments = new HashSet<string>(StringComparer.Ordinal);
        private volatile string leaving;
        private string idPrefix = "";
        private long heardAt;
        private long receivedSeq;
        private string replacedUnder;

        internal Link(string instanceId, Outbox outbox, Commands commands, Snapshots snapshots, Reporter reporter, Platform platform, Stopwatch clock)
        {
            this.instanceId = instanceId;
            this.outbox = outbox;
            this.commands = commands;
            this.snapshots = snapshots;
            this.reporter = reporter;
            this.platform = platform;
            this.clock = clock;
        }

        /// <summary>Lets the sender say goodbye; nobody waits for it.</summary>
        internal void Stop(string reason)
        {
            leaving = reason;
            outbox.Shut();
        }

        internal async Task Run(CancellationToken ending)
        {
            var pause = Patience.FirstPause;
            while (leaving == null)
            {
                var opened = false;
                try
                {
                    opened = await Attempt().ConfigureAwait(false);
                }
                catch (Exception error)
                {
                    Console.Say("The link to the desktop app failed: " + error.Message);
                }
                pause = opened ? Patience.FirstPause : Math.Min(pause * 2, Patience.LongestPause);
                await Rest(pause, ending).ConfigureAwait(false);
            }
        }

        /// <summary>One connection from beginning to end; true when a session was open.</summary>
        private async Task<bool> Attempt()
        {
            string problem;
            var pairing = Pairing.Read(out problem);
            if (pairing == null)
            {
                SayOnce(problem);
                return false;
            }
            // Coming back at once after a newer AddOn took over would push that one out, and so on for ever.
            if (replacedUnder == pairing.Mark)
            {
                return false;
            }
            replacedUnder = null;
            platform.Guard.UseKey(pairing.Key);
            var opened = false;
            using (var socket = new ClientWebSocket())
            {
                string why = null;
                try
                {
                    await Within(Connect(socket, pairing), Patience.Connect, socket).ConfigureAwait(false);
                    var welcome = await Within(Handshake(socket, pairing), Patience.Connect, socket).ConfigureAwait(false);
                    opened = true;
                    SayOnce("Connected to the desktop app.");
                    await Session(socket, welcome).ConfigureAwait(false);
                }
                catch (LinkEnded ended)
                {
                    why = ended.Message;
                    if (ended.Code == "REPLACED")
                    {
                        replacedUnder = pairing.Mark;
                    }
                }
                catch (WebSocketException error)
                {
                    why = opened ? "The connection broke: " + error.Message : "the desktop app is not running";
                }
                finally
                {
                    outbox.Shut();
                    platform.SessionEnded();
                    socket.Abort();
                }
                if (why != null)
                {
                    SayOnce(why);
                }
            }
            return opened;
        }

        private static async Task<bool> Connect(ClientWebSocket socket, Pairing pairing)
        {
            // A proxy of the system has no business between two programs of one machine.
            socket.Options.Proxy = null;
            var address = new Uri("ws://127.0.0.1:" + Words.Text(pairing.Port) + "/bridge/v1");
            await socket.ConnectAsync(address, CancellationToken.None).ConfigureAwait(false);
            return true;
        }

        private async Task<ServerWord> Handshake(ClientWebSocket socket, Pairing pairing)
        {
            var clientNonce = Proof.Nonce();
            idPrefix = clientNonce.Substring(0, 12);
            toldInstruments.Clear();
            receivedSeq = 0;
            await Send(socket, Envelope(0, "hello", new JsonWriter().Open()
                .Field("protocol", EnigmaApexAddonInfo.Protocol)
                .Field("addonVersion", EnigmaApexAddonInfo.Version)
                .Field("platform", "NinjaTrader")
                .Field("platformVersion", PlatformVersion())
                .Field("instanceId", instanceId)
                .Field("clientNonce", clientNonce)
                .Close().ToString(), null)).ConfigureAwait(false);
            var challenge = await HearServer(socket, "challenge").ConfigureAwait(false);
            var expected = Proof.Of(pairing.Key, "server", clientNonce, challenge.ServerNonce, instanceId);
            if (!Proof.Match(expected, challenge.ServerProof))
            {
                throw new LinkEnded("STRANGER", "Something else than the paired desktop app listens on port " + Words.Text(pairing.Port) + ".");
            }
            var proof = Proof.Of(pairing.Key, "client", clientNonce, challenge.ServerNonce, instanceId);
            await Send(socket, Envelope(0, "proof", new JsonWriter().Open().Field("clientProof", proof).Close().ToString(), null)).ConfigureAwait(false);
            return await HearServer(socket, "welcome").ConfigureAwait(false);
        }

        private async Task<ServerWord> HearServer(ClientWebSocket socket, string due)
        {
            var frame = await Receive(socket, Limits.HandshakeFrameBytes).ConfigureAwait(false);
            ServerWord word;
            try
            {
                word = Frames.Server(frame);
            }
            catch (BadFrame bad)
            {
                throw new LinkEnded(bad.Code, "The desktop app speaks another protocol (" + bad.Code + ").");
            }
            if (word.Type == "refused")
            {
                throw new LinkEnded(word.Code, "The desktop app refused the connection: " + word.Reason);
            }
            if (word.Type != due)
            {
                throw new LinkEnded("BAD_HANDSHAKE", "The desktop app answered out of turn.");
            }
            return word;
        }

        /// <summary>From welcome to the end. The receiver runs beside the sender; whichever ends first ends both.</summary>
        private async Task Session(ClientWebSocket socket, ServerWord welcome)
        {
            heardAt = clock.ElapsedMilliseconds;
            outbox.Open();
            snapshots.SendFirst();
            platform.SessionOpened();
            var receiving = ReceiveAll(socket);
            var sending = SendAll(socket, welcome, receiving);
            var watching = WatchSilence(welcome, receiving, sending);
            await Task.WhenAny(receiving, sending, watching).ConfigureAwait(false);
            outbox.Shut();
            socket.Abort();
            await Quietly(Task.WhenAll(receiving, sending, watching)).ConfigureAwait(false);
            // Why the app ended the session outweighs what the sender noticed of it.
            await FirstFailed(receiving, sending, watching).ConfigureAwait(false);
        }

        private static Task FirstFailed(Task receiving, Task sending, Task watching)
        {
            var told = receiving.IsFaulted ? receiving.Exception.InnerException as LinkEnded : null;
            if (told != null)
            {
                return receiving;
            }
            return watching.IsFaulted ? watching : sending.IsFaulted ? sending : receiving.IsFaulted ? receiving : sending;
        }

        /// <summary>Runs beside the sender, because a send that never comes back would keep it from looking.</summary>
        private async Task WatchSilence(ServerWord welcome, Task receiving, Task sending)
        {
            long leftAt = -1;
            while (!receiving.IsCompleted && !sending.IsCompleted)
            {
                var now = clock.ElapsedMilliseconds;
                if (now - Interlocked.Read(ref heardAt) > welcome.DeadMs)
                {
                    throw new LinkEnded("SILENT", "The desktop app has been silent for too long.");
                }
                leftAt = leaving != null && leftAt < 0 ? now : leftAt;
                if (leftAt >= 0 && now - leftAt > 3 * Patience.Goodbye)
                {
                    return;
                }
                await Task.Delay(Patience.IdlePulse).ConfigureAwait(false);
            }
        }

        private async Task ReceiveAll(ClientWebSocket socket)
        {
            while (true)
            {
                var frame = await Receive(socket, Limits.FrameBytes).ConfigureAwait(false);
                Interlocked.Exchange(ref heardAt, clock.ElapsedMilliseconds);
                Hear(frame);
            }
        }

        private void Hear(string frame)
        {
            AppMessage message;
            try
            {
                message = Frames.App(frame);
            }
            catch (BadFrame bad)
            {
                ThrowIfRefused(frame);
                commands.RefuseUnread(frame, bad);
                reporter.Warn(bad.Code, "A message of the app could not be read (" + bad.Code + ": " + bad.Message + ").");
                return;
            }
            // Old numbers are repeats. A gap needs no answer: the app repeats a command until it is answered.
            if (message.Seq <= receivedSeq)
            {
                return;
            }
            receivedSeq = message.Seq;
            if (message.Type == "ping")
            {
                outbox.Answer("pong", new JsonWriter().Open().Field("echo", message.Echo).Close().ToString(), message.Id);
            }
            else if (message.Type != "heartbeat")
            {
                commands.Handle(message);
            }
        }

        /// <summary>A refusal is the one frame of the handshake that may come at the end of a session.</summary>
        private static void ThrowIfRefused(string frame)
        {
            ServerWord word;
            try
            {
                word = Frames.Server(frame);
            }
            catch (BadFrame)
            {
                return;
            }
            if (word.Type == "refused")
            {
                throw new LinkEnded(word.Code, "The desktop app ended the session: " + word.Reason);
            }
        }

        /// <summary>The only sender: numbers and writes what is queued, beats once a second, notices silence.</summary>
        private async Task SendAll(ClientWebSocket socket, ServerWord welcome, Task receiving)
        {
            var nextBeat = clock.ElapsedMilliseconds;
            while (!receiving.IsCompleted)
            {
                var now = clock.ElapsedMilliseconds;
                if (leaving != null)
                {
                    await SayGoodbye(socket).ConfigureAwait(false);
                    return;
                }
                if (now >= nextBeat)
                {
                    nextBeat = now + welcome.HeartbeatMs;
                    var beat = new JsonWriter().Open().Field("receivedSeq", receivedSeq).Field("queued", outbox.Count).Close().ToString();
                    await Number(socket, "heartbeat", beat, null).ConfigureAwait(false);
                }
                var outgoing = outbox.Take();
                if (outgoing == null)
                {
                    await outbox.Wait((int)Math.Max(1, nextBeat - now)).ConfigureAwait(false);
                }
                else
                {
                    await SendOne(socket, outgoing).ConfigureAwait(false);
                }
            }
        }

        private async Task SendOne(ClientWebSocket socket, Outgoing outgoing)
        {
            if (outgoing.Instruments != null)
            {
                foreach (var instrument in outgoing.Instruments)
                {
                    if (Messages.HasTerms(instrument) && toldInstruments.Add(instrument.FullName))
                    {
                        await Number(socket, "instrument", Messages.InstrumentOf(instrument), null).ConfigureAwait(false);
                    }
                }
            }
            foreach (var payload in outgoing.Payloads)
            {
                await Number(socket, outgoing.Type, payload, outgoing.CorrelationId).ConfigureAwait(false);
            }
        }

        private async Task SayGoodbye(ClientWebSocket socket)
        {
            var farewell = Number(socket, "goodbye", Messages.Goodbye(leaving), null);
            await Task.WhenAny(farewell, Task.Delay(Patience.Goodbye)).ConfigureAwait(false);
            if (farewell.IsCompleted && !farewell.IsFaulted)
            {
                var closing = socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "goodbye", CancellationToken.None);
                await Task.WhenAny(closing, Task.Delay(Patience.Goodbye)).ConfigureAwait(false);
                Observe(closing);
            }
            Observe(farewell);
        }

        private Task Number(ClientWebSocket socket, string type, string payload, string correlationId)
        {
            return Send(socket, Envelope(outbox.NextSeq(), type, payload, correlationId));
        }

        private string Envelope(long seq, string type, string payload, string correlationId)
        {
            var json = new JsonWriter().Open()
                .Field("v", EnigmaApexAddonInfo.Protocol)
                .Field("id", idPrefix + "-" + type + "-" + Words.Text(seq))
                .Field("seq", seq)
                .Field("ts", Math.Max(0, Times.Now()))
                .Field("type", type);
            if (correlationId != null)
            {
                json.Field("correlationId", correlationId);
            }
            return json.Raw("payload", payload).Close().ToString();
        }

        private static Task Send(ClientWebSocket socket, string frame)
        {
            var bytes = Encoding.UTF8.GetBytes(frame);
            return socket.SendAsync(new ArraySegment<byte>(bytes), WebSocketMessageType.Text, true, CancellationToken.None);
        }

        /// <summary>One whole text frame; it arrives in parts when it is long.</summary>
        private static async Task<string> Receive(ClientWebSocket socket, int limit)
        {
            var buffer = new byte[16384];
            using (var whole = new MemoryStream())
            {
                while (true)
                {
                    var part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None).ConfigureAwait(false);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        var code = part.CloseStatus == null ? 0 : (int)part.CloseStatus.Value;
                        throw new LinkEnded(code == 4001 ? "REPLACED" : "CLOSED", "The desktop app closed the connection (" + Words.Text(code) + ").");
                    }
                    if (part.MessageType != WebSocketMessageType.Text || whole.Length + part.Count > limit)
                    {
                        throw new LinkEnded("BAD_FRAME", "The desktop app sent a frame that is too long or no text.");
                    }
                    whole.Write(buffer, 0, part.Count);
                    if (part.EndOfMessage)
                    {
                        return Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
                    }
                }
            }
        }

        /// <summary>Waits for a step of the handshake, and breaks the connection off when it takes too long.</summary>
        private static async Task<T> Within<T>(Task<T> step, int milliseconds, ClientWebSocket socket)
        {
            var first = await Task.WhenAny(step, Task.Delay(milliseconds)).ConfigureAwait(false);
            if (!ReferenceEquals(first, step))
            {
                Observe(step);
                socket.Abort();
                throw new LinkEnded("TIMEOUT", "The desktop app did not answer in time.");
            }
            return await step.ConfigureAwait(false);
        }

        private static async Task Quietly(Task task)
        {
            await Task.WhenAny(task, Task.Delay(Patience.Goodbye)).ConfigureAwait(false);
            Observe(task);
        }

        /// <summary>Takes note of a failure nobody waits for, so that it does not come up in a finalizer.</summary>
        private static void Observe(Task task)
        {
            task.ContinueWith(delegate(Task failed) { GC.KeepAlive(failed.Exception); }, TaskContinuationOptions.OnlyOnFaulted);
        }

        private static async Task Rest(int milliseconds, CancellationToken ending)
        {
            try
            {
                await Task.Delay(milliseconds, ending).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The AddOn ends.
            }
        }

        private string lastSaid = "";

        private void SayOnce(string line)
        {
            if (line != lastSaid)
            {
                lastSaid = line;
                Console.Say(line);
            }
        }

        private static string PlatformVersion()
        {
            try
            {
                return typeof(Account).Assembly.GetName().Version.ToString();
            }
            catch (Exception)
            {
                return "";
            }
        }
    }

    #endregion

    #region Platform: accounts, connections and prices as NinjaTrader shows them

    /// <summary>Finds accounts, listens to them, and lends them to commands and snapshots.</summary>
    internal sealed class Platform
    {
        internal readonly GuardKeeper Guard;
        internal readonly EntryGate Gate;
        internal readonly QuoteBoard Quotes;
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly Stopwatch clock;
        private readonly Lane scanning;
        private readonly Lane saving;
        /// <summary>Taken by the scan and by the end only, never by a handler.</summary>
        private readonly object subscriptions = new object();
        private readonly Dictionary<string, AccountDesk> desks = new Dictionary<string, AccountDesk>(StringComparer.OrdinalIgnoreCase);
        private volatile AccountDesk[] known = new AccountDesk[0];
        private volatile bool stopped;
        private bool listening;
        private long nextScan;
        private long nextSave;

        internal Platform(Outbox outbox, Reporter reporter, GuardKeeper guard, Stopwatch clock)
        {
            this.outbox = outbox;
            this.reporter = reporter;
            this.clock = clock;
            Guard = guard;
            Gate = new EntryGate(guard, clock);
            Quotes = new QuoteBoard(outbox, reporter, guard);
            scanning = new Lane(reporter);
            saving = new Lane(reporter);
        }

        /// <summary>Every account that was connected since the start, connected or not now.</summary>
        internal AccountDesk[] Desks
        {
            get { return known; }
        }

        internal bool IsBusy
        {
            get
            {
                foreach (var desk in known)
                {
                    if (desk.IsBusy)
                    {
                        return true;
                    }
                }
                return false;
            }
        }

        internal AccountDesk Desk(string account)
        {
            foreach (var desk in known)
            {
                if (string.Equals(desk.Name, account, StringComparison.OrdinalIgnoreCase))
                {
                    return desk;
                }
            }
            return null;
        }

        internal void Start()
        {
            lock (subscriptions)
            {
                if (stopped)
                {
                    return;
                }
                listening = true;
                Connection.ConnectionStatusUpdate += OnConnection;
                Account.AccountStatusUpdate += OnAccountStatus;
                Account.SimulationAccountReset += OnSimulationReset;
                if (stopped)
                {
                    Unsubscribe();
                    return;
                }
            }
            Guard.Changed = GuardChanged;
            scanning.Post(Scan);
        }

        /// <summary>
        /// Takes every handler back. Called on a thread of NinjaTrader, so it waits a moment at most; a scan that holds
        /// the subscriptions just then takes back its own when it sees the end.
        /// </summary>
        internal void Stop()
        {
            stopped = true;
            if (Monitor.TryEnter(subscriptions, Patience.StopWait))
            {
                try
                {
                    Unsubscribe();
                }
                finally
                {
                    Monitor.Exit(subscriptions);
                }
            }
            Quotes.Stop();
        }

        internal void Pulse(long now)
        {
            if (stopped)
            {
                return;
            }
            if (now >= nextScan)
            {
                nextScan = now + Patience.Rescan;
                scanning.PostIfIdle(Scan);
            }
            if (Guard.IsUnsaved && now >= nextSave)
            {
                nextSave = now + Patience.SaveRetry;
                saving.PostIfIdle(Guard.SaveAgain);
            }
            foreach (var desk in known)
            {
                desk.Pulse(now);
            }
        }

        internal void SessionOpened()
        {
            Quotes.TellAll();
            TellGuard();
            scanning.Post(Scan);
        }

        internal void SessionEnded()
        {
            Gate.Tick();
        }

        private void GuardChanged()
        {
            foreach (var desk in known)
            {
                desk.LookSoon();
            }
            TellGuard();
        }

        internal void TellGuard()
        {
            var names = new List<string>();
            foreach (var desk in known)
            {
                names.Add(desk.Name);
            }
            outbox.Answer("guardState", Messages.Guard(Guard.InForce(names)), null);
        }

        internal static Connection[] Connections()
        {
            var all = Connection.Connections;
            lock (all)
            {
                var copy = new Connection[all.Count];
                all.CopyTo(copy, 0);
                return copy;
            }
        }

        private void Scan()
        {
            Account[] accounts;
            var all = Account.All;
            lock (all)
            {
                accounts = new Account[all.Count];
                all.CopyTo(accounts, 0);
            }
            foreach (var account in accounts)
            {
                if (!IsHidden(account))
                {
                    Take(account);
                }
            }
            Guard.TrustsQuotes = !IsAnySimulated();
            foreach (var desk in known)
            {
                desk.TellIfChanged();
            }
        }

        /// <summary>A simulated or replayed feed may be among the prices; their times prove nothing about the PC's clock.</summary>
        private static bool IsAnySimulated()
        {
            foreach (var connection in Connections())
            {
                var options = connection.Options;
                var isUp = connection.Status == ConnectionStatus.Connected || connection.PriceStatus == ConnectionStatus.Connected;
                if (isUp && options != null && (options.Provider == Provider.Simulator || options.Provider == Provider.Playback))
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>
        /// NinjaTrader lists accounts of years past; only those that are or were connected count. A new object for a known
        /// name takes the old one's place.
        /// </summary>
        private void Take(Account account)
        {
            AccountDesk desk;
            lock (subscriptions)
            {
                desks.TryGetValue(account.Name, out desk);
            }
            if (desk != null && ReferenceEquals(desk.Account, account))
            {
                return;
            }
            if (!AccountDesk.IsConnectedNow(account))
            {
                return;
            }
            var fresh = new AccountDesk(account, this, outbox, reporter, clock, desk);
            // What is listed already happened before the desk watched; only what comes later can be a bypass.
            fresh.Seed();
            lock (subscriptions)
            {
                if (stopped)
                {
                    return;
                }
                if (desk != null)
                {
                    desk.Unsubscribe();
                }
                fresh.Subscribe();
                desks[account.Name] = fresh;
                var list = new List<AccountDesk>(desks.Values);
                known = list.ToArray();
                if (stopped)
                {
                    Unsubscribe();
                    return;
                }
            }
            fresh.Begin();
            if (Guard.IsUnverified)
            {
                TellGuard();
            }
        }

        private static bool IsHidden(Account account)
        {
            return account == null || string.IsNullOrEmpty(account.Name) || account.Name == "Backtest";
        }

        private void Unsubscribe()
        {
            if (listening)
            {
                listening = false;
                Connection.ConnectionStatusUpdate -= OnConnection;
                Account.AccountStatusUpdate -= OnAccountStatus;
                Account.SimulationAccountReset -= OnSimulationReset;
            }
            foreach (var desk in desks.Values)
            {
                desk.Unsubscribe();
            }
        }

        /// <summary>May run inside the += above, on any thread, and the arguments may run ahead: copy and leave.</summary>
        private void OnConnection(object sender, ConnectionStatusEventArgs e)
        {
            try
            {
                if (stopped || e == null || e.Connection == null)
                {
                    return;
                }
                var options = e.Connection.Options;
                var name = options == null ? null : options.Name;
                if (!string.IsNullOrEmpty(name) && outbox.IsOpen)
                {
                    outbox.Fact("connection", Messages.ConnectionOf(name, e.Connection, e.Status, e.PriceStatus, Words.Of(e.Error), e.NativeError), null, null);
                }
                if (e.Status == ConnectionStatus.Connected && e.PreviousStatus != ConnectionStatus.Connected)
                {
                    foreach (var desk in known)
                    {
                        desk.Reconnected(e.Connection);
                    }
                }
                scanning.Post(Scan);
            }
            catch (Exception error)
            {
                reporter.Error("CONNECTION_EVENT", error);
            }
        }

        private void OnAccountStatus(object sender, AccountStatusEventArgs e)
        {
            try
            {
                if (!stopped)
                {
                    scanning.Post(Scan);
                }
            }
            catch (Exception error)
            {
                reporter.Error("ACCOUNT_EVENT", error);
            }
        }

        private void OnSimulationReset(object sender, EventArgs e)
        {
            try
            {
                var account = sender as Account;
                var desk = stopped || account == null ? null : Desk(account.Name);
                if (desk != null)
                {
                    desk.Forget();
                    reporter.Warn("ACCOUNT_RESET", "The simulation account " + account.Name + " was reset.");
                    outbox.Answer("resyncNeeded", "{\"reason\":\"reload\"}", null);
                }
            }
            catch (Exception error)
            {
                reporter.Error("RESET_EVENT", error);
            }
        }
    }

    /// <summary>Distinct executions of one account, whether NinjaTrader told them once, twice or only in its list.</summary>
    internal sealed class ExecutionLedger
    {
        private readonly object gate = new object();
        private readonly Dictionary<string, Execution> byId = new Dictionary<string, Execution>(StringComparer.Ordinal);
        private readonly Queue<string> order = new Queue<string>();
        private long forgottenBefore = long.MinValue;
        private int untold;

        /// <summary>Executions that were told, or will be by the next full snapshot; one on its way into the queue is not counted.</summary>
        internal int Count
        {
            get
            {
                lock (gate)
                {
                    return byId.Count - untold;
                }
            }
        }

        /// <summary>To be called once for each <see cref="Add"/> that gave true, when the execution is in the queue.</summary>
        internal void Told()
        {
            lock (gate)
            {
                untold = Math.Max(0, untold - 1);
            }
        }

        /// <summary>False for one that was seen before, or is older than what had to be forgotten.</summary>
        internal bool Add(Execution execution)
        {
            var id = execution.ExecutionId;
            if (string.IsNullOrEmpty(id) || execution.Quantity <= 0)
            {
                return false;
            }
            lock (gate)
            {
                if (byId.ContainsKey(id) || execution.Time.Ticks < forgottenBefore)
                {
                    return false;
                }
                byId.Add(id, execution);
                order.Enqueue(id);
                untold++;
                if (order.Count > Limits.ExecutionsRemembered)
                {
                    var oldest = order.Dequeue();
                    forgottenBefore = Math.Max(forgottenBefore, byId[oldest].Time.Ticks);
                    byId.Remove(oldest);
                }
                return true;
            }
        }

        internal Execution[] All()
        {
            lock (gate)
            {
                var copy = new Execution[byId.Count];
                byId.Values.CopyTo(copy, 0);
                return copy;
            }
        }

        internal void Clear()
        {
            lock (gate)
            {
                byId.Clear();
                order.Clear();
                untold = 0;
            }
        }
    }

    /// <summary>
    /// One account: its handlers, what it reported, and everything that acts on it, one step after the other on its own
    /// lane, so that an account on which NinjaTrader hangs delays no other.
    /// </summary>
    internal sealed class AccountDesk
    {
        internal readonly Account Account;
        internal readonly string Name;
        private readonly Platform platform;
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly Stopwatch clock;
        private readonly Lane lane;
        private readonly ExecutionLedger ledger;
        private readonly object figuresGate = new object();
        private readonly HashSet<AccountItem> reported = new HashSet<AccountItem>();
        private readonly object fillsGate = new object();
        private readonly Dictionary<string, LastFill> lastFills = new Dictionary<string, LastFill>(StringComparer.Ordinal);
        /// <summary>What a contract's position may be while entries are locked: what it was, or less.</summary>
        private readonly Dictionary<string, int> permitted = new Dictionary<string, int>(StringComparer.Ordinal);
        private readonly Dictionary<string, TrimPause> trimPauses = new Dictionary<string, TrimPause>(StringComparer.Ordinal);
        private readonly Dictionary<string, long> platformFlattens = new Dictionary<string, long>(StringComparer.Ordinal);
        private readonly ConditionalWeakTable<Order, object> ownCloses = new ConditionalWeakTable<Order, object>();
        private readonly Dictionary<string, FlattenLeg> flattens = new Dictionary<string, FlattenLeg>(StringComparer.Ordinal);
        private readonly Dictionary<string, TrimLeg> trims = new Dictionary<string, TrimLeg>(StringComparer.Ordinal);
        private readonly List<Func<long, bool>> watches = new List<Func<long, bool>>();
        private readonly ConditionalWeakTable<Order, Asked> asked = new ConditionalWeakTable<Order, Asked>();
        private readonly ConditionalWeakTable<Order, string> rejections = new ConditionalWeakTable<Order, string>();
        private readonly FloorWatch floor;
        private volatile bool subscribed;
        private volatile bool busy;
        private volatile bool lookSoon;
        private volatile bool abandoned;
        private bool permittedNoted;
        private string lastTold = "";
        private long nextLook;
        private long nextExecutionScan;
        private readonly long watchingSince = Times.Now();

        private sealed class Asked
        {
            internal long At = long.MinValue / 2;
        }

        private sealed class LastFill
        {
            internal int PositionAfter;
            internal long Time;
        }

        private sealed class TrimPause
        {
            internal long Until;
            internal int Length = Patience.TrimRetry;
        }

        internal AccountDesk(Account account, Platform platform, Outbox outbox, Reporter reporter, Stopwatch clock, AccountDesk before)
        {
            Account = account;
            Name = account.Name;
            this.platform = platform;
            this.outbox = outbox;
            this.reporter = reporter;
            this.clock = clock;
            lane = new Lane(reporter);
            ledger = before == null ? new ExecutionLedger() : before.ledger;
            floor = new FloorWatch(this, platform.Guard, reporter);
        }

        /// <summary>Whether something runs that wants to be stepped often.</summary>
        internal bool IsBusy
        {
            get { return busy; }
        }

        internal bool IsConnected
        {
            get { return IsConnectedNow(Account); }
        }

        /// <summary>Another object has this account's place; nothing is stepped here any more.</summary>
        internal bool IsAbandoned
        {
            get { return abandoned; }
        }

        internal static bool IsConnectedNow(Account account)
        {
            var connection = account.Connection;
            return connection != null && connection.Status == ConnectionStatus.Connected && account.ConnectionStatus == ConnectionStatus.Connected;
        }

        /// <summary>
        /// What is at stake, from the provider and never from the name. A broker's "simulation" mode proves nothing:
        /// evaluations of prop firms run there, so it stays unknown.
        /// </summary>
        internal string Kind
        {
            get
            {
                if (Account.Provider == Provider.Simulator)
                {
                    return "simulation";
                }
                if (Account.Provider == Provider.Playback)
                {
                    return "playback";
                }
                var connection = Account.Connection;
                var options = connection == null ? null : connection.Options;
                return options != null && options.Mode == Mode.Live ? "live" : "unknown";
            }
        }

        internal void Subscribe()
        {
            subscribed = true;
            Account.OrderUpdate += OnOrder;
            Account.ExecutionUpdate += OnExecution;
            Account.PositionUpdate += OnPosition;
            Account.AccountItemUpdate += OnItem;
        }

        internal void Unsubscribe()
        {
            if (!subscribed)
            {
                return;
            }
            subscribed = false;
            Account.OrderUpdate -= OnOrder;
            Account.ExecutionUpdate -= OnExecution;
            Account.PositionUpdate -= OnPosition;
            Account.AccountItemUpdate -= OnItem;
            lane.Post(Abandon);
        }

        /// <summary>Everything that was there before the handlers were.</summary>
        internal void Begin()
        {
            lane.Post(ScanExecutions);
            LookSoon();
            if (outbox.IsOpen)
            {
                outbox.Answer("resyncNeeded", "{\"reason\":\"gap\"}", null);
            }
        }

        /// <summary>Takes up what is listed before the handlers are there.</summary>
        internal void Seed()
        {
            foreach (var execution in Listed())
            {
                if (execution.Instrument != null && ledger.Add(execution))
                {
                    ledger.Told();
                    SeedPosition(execution);
                }
            }
        }

        /// <summary>
        /// A fill of the last minutes still says what the position must be, also to an AddOn that was reloaded meanwhile;
        /// older ones may have been followed by what NinjaTrader did not see.
        /// </summary>
        private void SeedPosition(Execution execution)
        {
            var time = Times.Of(execution.Time);
            if (execution.Order != null && !execution.IsSod && time >= watchingSince - Patience.FillCounts)
            {
                NotePosition(execution, time);
            }
        }

        internal void Post(Action action)
        {
            busy = true;
            lane.Post(action);
        }

        internal void LookSoon()
        {
            lookSoon = true;
        }

        internal void Pulse(long now)
        {
            if (subscribed)
            {
                lane.PostIfIdle(delegate { Step(now); });
            }
        }

        /// <summary>The platform read positions anew, so what older fills said of them is settled.</summary>
        internal void Reconnected(Connection connection)
        {
            if (ReferenceEquals(Account.Connection, connection))
            {
                lock (fillsGate)
                {
                    lastFills.Clear();
                }
                lane.Post(delegate
                {
                    permitted.Clear();
                    permittedNoted = false;
                    ScanExecutions();
                });
                LookSoon();
            }
        }

        internal void Forget()
        {
            ledger.Clear();
            lock (fillsGate)
            {
                lastFills.Clear();
            }
        }

        internal string Describe()
        {
            return Messages.AccountOf(Account, Kind, ledger.Count);
        }

        /// <summary>Tells the account again when something else than its count of executions changed.</summary>
        internal void TellIfChanged()
        {
            var now = Messages.AccountOf(Account, Kind, 0);
            if (now != lastTold)
            {
                lastTold = now;
                if (outbox.IsOpen)
                {
                    outbox.Fact("account", Describe(), null, null);
                }
            }
        }

        #region What NinjaTrader shows

        internal Order[] Orders()
        {
            var orders = Account.Orders;
            lock (orders)
            {
                var copy = new Order[orders.Count];
                orders.CopyTo(copy, 0);
                return copy;
            }
        }

        internal Position[] Positions()
        {
            var positions = Account.Positions;
            lock (positions)
            {
                var copy = new Position[positions.Count];
                positions.CopyTo(copy, 0);
                return copy;
            }
        }

        internal List<Order> LiveOrders(string instrument)
        {
            var live = new List<Order>();
            foreach (var order in Orders())
            {
                if (order.Instrument != null && (instrument == null || order.Instrument.FullName == instrument) && IsLive(order))
                {
                    live.Add(order);
                }
            }
            return live;
        }

        internal Order FindOrder(string orderId)
        {
            foreach (var order in Orders())
            {
                if (OrderKeys.Of(order) == orderId)
                {
                    return order;
                }
            }
            return null;
        }

        /// <summary>
        /// Whether an order can still fill. One that NinjaTrader lost sight of after a reconnect (Unknown) is terminal to
        /// NinjaTrader only: it may well be alive at the broker.
        /// </summary>
        internal static bool IsLive(Order order)
        {
            return IsLive(order.OrderState);
        }

        internal static bool IsLive(OrderState state)
        {
            return state == OrderState.Unknown || !Order.IsTerminalState(state);
        }

        /// <summary>
        /// Whether an order is on its way to close: one of ours, or a market order with a closing name that only reduces.
        /// The name alone proves nothing; such orders are waited for, never cancelled or doubled.
        /// </summary>
        internal bool IsClosing(Order order)
        {
            object unused;
            if (ownCloses.TryGetValue(order, out unused))
            {
                return true;
            }
            var isOwnKind = order.Name == OrderNames.Close || order.Name == OrderNames.Trim;
            return OrderNames.IsCloseName(order.Name) && (order.IsMarket || (isOwnKind && order.IsLimit))
                && EntryGate.Reduces(PositionOf(order.Instrument.FullName), order.OrderAction, order.Quantity - order.Filled);
        }

        internal void Closes(Order order)
        {
            ownCloses.GetValue(order, delegate { return new object(); });
        }

        /// <summary>Signed contracts; 0 when NinjaTrader holds no position object.</summary>
        internal int PositionOf(string instrument)
        {
            foreach (var position in Positions())
            {
                if (position.Instrument != null && position.Instrument.FullName == instrument)
                {
                    return Signed(position);
                }
            }
            return 0;
        }

        /// <summary>The object is live: side and size are read until two readings agree.</summary>
        internal static int Signed(Position position)
        {
            for (var tries = 0; tries < 5; tries++)
            {
                var side = position.MarketPosition;
                var size = position.Quantity;
                if (position.MarketPosition == side && position.Quantity == size)
                {
                    return Signed(side, size);
                }
            }
            return Signed(position.MarketPosition, position.Quantity);
        }

        internal static int Signed(MarketPosition side, int size)
        {
            return side == MarketPosition.Long ? size : side == MarketPosition.Short ? -size : 0;
        }

        /// <summary>Whether the position shown is the one the last fill left behind; a fill is told 15-20 ms earlier.</summary>
        internal bool IsSettled(string instrument)
        {
            var byFills = ByFills(instrument);
            return byFills == null || byFills.Value == PositionOf(instrument);
        }

        /// <summary>The position the last fill left behind; null when no fill was seen since the account's positions were read anew.</summary>
        internal int? ByFills(string instrument)
        {
            lock (fillsGate)
            {
                LastFill last;
                return lastFills.TryGetValue(instrument, out last) ? last.PositionAfter : (int?)null;
            }
        }

        /// <summary>Contracts with a position, a live order, or a fill whose position is still to come.</summary>
        internal List<Instrument> OpenInstruments(Scope scope)
        {
            var open = new Dictionary<string, Instrument>(StringComparer.Ordinal);
            foreach (var position in Positions())
            {
                if (position.Instrument != null && Signed(position) != 0)
                {
                    open[position.Instrument.FullName] = position.Instrument;
                }
            }
            foreach (var order in LiveOrders(null))
            {
                open[order.Instrument.FullName] = order.Instrument;
            }
            foreach (var instrument in Unsettled())
            {
                open[instrument.FullName] = instrument;
            }
            var inScope = new List<Instrument>();
            foreach (var instrument in open.Values)
            {
                if (scope.Has(Name, instrument.FullName))
                {
                    inScope.Add(instrument);
                }
            }
            return inScope;
        }

        internal void AddRemaining(Scope scope, List<Remaining> remaining)
        {
            foreach (var instrument in OpenInstruments(scope))
            {
                remaining.Add(new Remaining(Name, instrument.FullName, PositionOf(instrument.FullName), LiveOrders(instrument.FullName).Count));
            }
        }

        private Execution[] Listed()
        {
            var executions = Account.Executions;
            lock (executions)
            {
                var copy = new Execution[executions.Count];
                executions.CopyTo(copy, 0);
                return copy;
            }
        }

        internal Execution[] Executions()
        {
            ScanExecutions();
            return ledger.All();
        }

        /// <summary>
        /// A figure, or null when it is not reported. Zero needs a witness: Get gives 0 for what was never reported, and a
        /// disconnecting account sends zeros for everything.
        /// </summary>
        internal double? Figure(AccountItem item)
        {
            if (!IsConnected)
            {
                return null;
            }
            var value = Account.Get(item, Account.Denomination);
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                return null;
            }
            if (value != 0)
            {
                return value;
            }
            return item != AccountItem.CashValue && item != AccountItem.NetLiquidation && IsReported(item) && !IsBlank() ? 0 : (double?)null;
        }

        internal List<AccountItem> Items()
        {
            var items = new List<AccountItem> { AccountItem.CashValue, AccountItem.NetLiquidation, AccountItem.RealizedProfitLoss, AccountItem.UnrealizedProfitLoss };
            var connection = Account.Connection;
            var listed = connection == null ? null : connection.AccountItems;
            if (listed != null)
            {
                foreach (var item in listed)
                {
                    if (!items.Contains(item))
                    {
                        items.Add(item);
                    }
                }
            }
            lock (figuresGate)
            {
                foreach (var item in reported)
                {
                    if (!items.Contains(item))
                    {
                        items.Add(item);
                    }
                }
            }
            return items;
        }

        /// <summary>No cash and no value at all: what a connection sends when it goes.</summary>
        private bool IsBlank()
        {
            return Account.Get(AccountItem.CashValue, Account.Denomination) == 0 && Account.Get(AccountItem.NetLiquidation, Account.Denomination) == 0;
        }

        private bool IsReported(AccountItem item)
        {
            lock (figuresGate)
            {
                if (reported.Contains(item))
                {
                    return true;
                }
            }
            // A remaining drawdown of zero would be a dead account; until it was once something else it is not reported.
            if (item.ToString() == "TrailingMaxDrawdown")
            {
                return false;
            }
            var connection = Account.Connection;
            var listed = connection == null ? null : connection.AccountItems;
            return listed != null && Array.IndexOf(listed, item) >= 0;
        }

        private List<Instrument> Unsettled()
        {
            var names = new List<string>();
            lock (fillsGate)
            {
                foreach (var entry in lastFills)
                {
                    names.Add(entry.Key);
                }
            }
            var unsettled = new List<Instrument>();
            foreach (var name in names)
            {
                var instrument = IsSettled(name) ? null : Instrument.GetInstrument(name);
                if (instrument != null)
                {
                    unsettled.Add(instrument);
                }
            }
            return unsettled;
        }

        #endregion

        #region Handlers, on NinjaTrader's threads

        private void OnOrder(object sender, OrderEventArgs e)
        {
            try
            {
                if (!subscribed || e == null || e.Order == null || e.Order.Instrument == null)
                {
                    return;
                }
                if (outbox.IsOpen)
                {
                    outbox.Fact("order", Messages.OrderEvent(Name, e), e.Order.Instrument, null);
                }
                if (e.OrderState == OrderState.Rejected)
                {
                    rejections.GetValue(e.Order, delegate { return Words.Cut(Words.Of(e.Error) + ": " + e.Comment, Limits.Comment); });
                }
                if (IsLive(e.OrderState) && platform.Gate.Concerns(Name))
                {
                    var order = e.Order;
                    lane.Post(delegate { Look(order); });
                }
            }
            catch (Exception error)
            {
                Lost("ORDER_EVENT", error);
            }
        }

        private void OnExecution(object sender, ExecutionEventArgs e)
        {
            try
            {
                var execution = e == null ? null : e.Execution;
                if (!subscribed || execution == null || execution.Instrument == null)
                {
                    return;
                }
                if (e.Operation == Operation.Remove)
                {
                    reporter.Warn("EXECUTION_REMOVED", "NinjaTrader took back an execution of " + Name + ".");
                    return;
                }
                TakeFill(execution);
            }
            catch (Exception error)
            {
                Lost("EXECUTION_EVENT", error);
            }
        }

        /// <summary>
        /// A fill, told by an event or found in the list, whichever comes first. Only what happened since this desk watches
        /// says anything of the present position: replays repeat the day.
        /// </summary>
        private void TakeFill(Execution execution)
        {
            if (execution.Instrument == null || !ledger.Add(execution))
            {
                return;
            }
            try
            {
                var time = Times.Of(execution.Time);
                var isReplay = execution.Order == null || execution.IsSod || (Kind != "playback" && time < watchingSince - Patience.ReplayMargin);
                if (!isReplay)
                {
                    NoteFill(execution, time);
                }
                if (outbox.IsOpen)
                {
                    outbox.Fact("execution", Messages.ExecutionOf(Name, execution), execution.Instrument, null);
                }
            }
            finally
            {
                ledger.Told();
            }
        }

        private void NotePosition(Execution execution, long time)
        {
            lock (fillsGate)
            {
                LastFill last;
                if (!lastFills.TryGetValue(execution.Instrument.FullName, out last))
                {
                    last = new LastFill();
                    lastFills[execution.Instrument.FullName] = last;
                }
                if (time >= last.Time)
                {
                    last.PositionAfter = execution.Position;
                    last.Time = time;
                }
            }
        }

        private void NoteFill(Execution execution, long time)
        {
            NotePosition(execution, time);
            platform.Guard.SawFill(Kind, time);
            if (platform.Guard.Concerns(Name))
            {
                var instrument = execution.Instrument;
                var before = execution.Position - Signed(execution.MarketPosition, execution.Quantity);
                var grown = Growth(before, execution.Position);
                lane.Post(delegate { Filled(instrument, before, grown); });
            }
        }

        private void OnPosition(object sender, PositionEventArgs e)
        {
            try
            {
                if (!subscribed || e == null || e.Position == null || e.Position.Instrument == null)
                {
                    return;
                }
                if (outbox.IsOpen)
                {
                    var quantity = e.Operation == Operation.Remove ? 0 : Signed(e.MarketPosition, e.Quantity);
                    var instrument = e.Position.Instrument;
                    outbox.Fact("position", Messages.PositionOf(Name, instrument.FullName, quantity, e.AveragePrice, Times.Now()), instrument, null);
                }
                if (platform.Guard.Concerns(Name))
                {
                    LookSoon();
                }
            }
            catch (Exception error)
            {
                Lost("POSITION_EVENT", error);
            }
        }

        private void OnItem(object sender, AccountItemEventArgs e)
        {
            try
            {
                if (!subscribed || e == null || !IsConnected || (e.Value == 0 && IsEmptyZero(e.AccountItem)))
                {
                    return;
                }
                lock (figuresGate)
                {
                    reported.Add(e.AccountItem);
                }
                if (outbox.IsOpen)
                {
                    var key = "item/" + Name + "/" + e.AccountItem.ToString();
                    outbox.Fact("accountItem", Messages.Item(Name, e.AccountItem, e.Value, Times.Of(e.Time)), null, key);
                }
                if (platform.Guard.HasFloor(Name))
                {
                    lane.PostIfIdle(delegate { floor.Step(clock.ElapsedMilliseconds); });
                }
            }
            catch (Exception error)
            {
                Lost("ITEM_EVENT", error);
            }
        }

        private bool IsEmptyZero(AccountItem item)
        {
            return item == AccountItem.CashValue || item == AccountItem.NetLiquidation || !IsReported(item) || IsBlank();
        }

        /// <summary>An event that could not be told leaves the app's picture with a hole.</summary>
        private void Lost(string code, Exception error)
        {
            reporter.Error(code, error);
            outbox.Answer("resyncNeeded", "{\"reason\":\"gap\"}", null);
        }

        /// <summary>Contracts by which a fill made the position larger, or opened it on the other side.</summary>
        private static int Growth(int before, int after)
        {
            var sameSide = Math.Sign(before) * Math.Sign(after) >= 0;
            return sameSide ? Math.Max(0, Math.Abs(after) - Math.Abs(before)) : Math.Abs(after);
        }

        #endregion

        #region Steps, on the account's lane

        /// <summary>Each part by itself: what fails in one must not stop the others.</summary>
        private void Step(long now)
        {
            if (abandoned)
            {
                return;
            }
            if (now >= nextExecutionScan)
            {
                nextExecutionScan = now + Patience.ExecutionScan;
                Safely("SCAN_FAILED", ScanExecutions);
            }
            foreach (var name in new List<string>(flattens.Keys))
            {
                if (flattens[name].Step(now))
                {
                    flattens.Remove(name);
                }
            }
            foreach (var name in new List<string>(trims.Keys))
            {
                StepTrim(name, now);
            }
            foreach (var watch in watches.ToArray())
            {
                if (HasEnded(watch, now))
                {
                    watches.Remove(watch);
                }
            }
            Safely("FLOOR_FAILED", delegate { floor.Step(now); });
            if (lookSoon || now >= nextLook)
            {
                lookSoon = false;
                nextLook = now + Patience.FigureStands;
                Safely("LOOK_FAILED", LookAtAll);
            }
            busy = flattens.Count > 0 || trims.Count > 0 || watches.Count > 0;
        }

        private void StepTrim(string name, long now)
        {
            var isOver = true;
            Safely("TRIM_STEP_FAILED", delegate { isOver = flattens.ContainsKey(name) || trims[name].Step(now); });
            if (isOver)
            {
                trims.Remove(name);
            }
        }

        private bool HasEnded(Func<long, bool> watch, long now)
        {
            var isOver = true;
            Safely("WATCH_FAILED", delegate { isOver = watch(now); });
            return isOver;
        }

        private void Safely(string code, Action step)
        {
            try
            {
                step();
            }
            catch (Exception error)
            {
                reporter.Error(code, error);
            }
        }

        /// <summary>Takes up what NinjaTrader lists and never told; under load it leaves events out.</summary>
        internal void ScanExecutions()
        {
            foreach (var execution in Listed())
            {
                TakeFill(execution);
            }
        }

        /// <summary>Starts a leg for each open contract of the scope, or joins the one that runs.</summary>
        internal void Flatten(FlattenRun run)
        {
            var current = abandoned ? platform.Desk(Name) : this;
            if (current != null && !ReferenceEquals(current, this))
            {
                current.Post(delegate { current.Flatten(run); });
                return;
            }
            try
            {
                if (IsConnected && !abandoned)
                {
                    foreach (var instrument in OpenInstruments(run.Scope))
                    {
                        StartLeg(instrument, run);
                    }
                }
                run.Ended(null);
            }
            catch (Exception error)
            {
                reporter.Error("FLATTEN_FAILED", error);
                run.Ended("PLATFORM_ERROR");
            }
        }

        private void StartLeg(Instrument instrument, FlattenRun run)
        {
            FlattenLeg leg;
            if (flattens.TryGetValue(instrument.FullName, out leg))
            {
                run.Began();
                leg.Join(run);
                return;
            }
            var now = clock.ElapsedMilliseconds;
            leg = new FlattenLeg(this, instrument, run, outbox, now);
            run.Began();
            if (!leg.Step(now))
            {
                flattens[instrument.FullName] = leg;
            }
        }

        /// <summary>Whether NinjaTrader's own flatten may be asked for; one that still runs is never doubled.</summary>
        internal bool MayPlatformFlatten(string instrument, long now)
        {
            long last;
            if (platformFlattens.TryGetValue(instrument, out last) && now - last < Patience.PlatformFlatten)
            {
                return false;
            }
            platformFlattens[instrument] = now;
            return true;
        }

        internal void Watch(Func<long, bool> step)
        {
            watches.Add(step);
            if (abandoned)
            {
                EndWatches();
            }
        }

        internal QuoteFeed Feed(string instrument)
        {
            return platform.Quotes.Feed(instrument);
        }

        /// <summary>What the platform said when it rejected an order; it says so only in the event.</summary>
        internal string WhyRejected(Order order)
        {
            string why;
            return rejections.TryGetValue(order, out why) ? why : "no reason given";
        }

        internal bool IsFlattening(string instrument)
        {
            return flattens.ContainsKey(instrument);
        }

        /// <summary>Another object took this account's place, or the AddOn ends: what runs here is answered now.</summary>
        private void Abandon()
        {
            abandoned = true;
            foreach (var leg in flattens.Values)
            {
                leg.Abandon();
            }
            flattens.Clear();
            trims.Clear();
            EndWatches();
            busy = false;
        }

        private void EndWatches()
        {
            foreach (var watch in watches.ToArray())
            {
                HasEnded(watch, long.MaxValue / 2);
            }
            watches.Clear();
        }

        private void LookAtAll()
        {
            var isLocked = platform.Guard.AreEntriesLocked(Name);
            if (IsConnected)
            {
                NotePermitted(isLocked);
            }
            if (!platform.Gate.Concerns(Name))
            {
                return;
            }
            foreach (var order in LiveOrders(null))
            {
                Look(order);
            }
            foreach (var position in Positions())
            {
                if (position.Instrument != null && platform.Guard.Excess(Name, Math.Abs(Signed(position))) > 0)
                {
                    Trim(position.Instrument, 0);
                }
            }
        }

        /// <summary>Positions held when a lock begins may stay; from then on they may only shrink.</summary>
        private void NotePermitted(bool isLocked)
        {
            if (!isLocked)
            {
                permitted.Clear();
                permittedNoted = false;
                return;
            }
            var isNew = !permittedNoted;
            permittedNoted = true;
            foreach (var position in Positions())
            {
                if (position.Instrument == null)
                {
                    continue;
                }
                var name = position.Instrument.FullName;
                var held = Signed(position);
                int allowed;
                var isKnown = permitted.TryGetValue(name, out allowed);
                if (isNew && !isKnown)
                {
                    permitted[name] = held;
                }
                else if (isKnown && IsSettled(name) && (Math.Sign(held) != Math.Sign(allowed) || Math.Abs(held) < Math.Abs(allowed)))
                {
                    permitted[name] = Math.Sign(held) == Math.Sign(allowed) ? held : 0;
                }
            }
        }

        /// <summary>Contracts beyond what was held when entries were locked.</summary>
        internal int BeyondPermitted(string instrument, int position)
        {
            int allowed;
            permitted.TryGetValue(instrument, out allowed);
            return Math.Sign(position) == Math.Sign(allowed) ? Math.Max(0, Math.Abs(position) - Math.Abs(allowed)) : Math.Abs(position);
        }

        /// <summary>Cancels an order that a flatten or the guard forbids. This reacts: a market order may fill first.</summary>
        private void Look(Order order)
        {
            if (abandoned || !IsLive(order) || IsBeingCancelled(order) || IsClosing(order))
            {
                return;
            }
            var instrument = order.Instrument.FullName;
            var forbidden = platform.Gate.Objection(this, instrument, order.OrderAction, order.Quantity - order.Filled);
            if (forbidden == null)
            {
                return;
            }
            var now = clock.ElapsedMilliseconds;
            var last = asked.GetOrCreateValue(order);
            if (now - last.At < Patience.Cancel)
            {
                return;
            }
            last.At = now;
            WatchTimeIfNeeded(order.Instrument);
            Account.Cancel(new[] { order });
            outbox.Answer("flattenProgress", Messages.Progress(forbidden.By, Name, instrument, "entryBlocked", (string.IsNullOrEmpty(order.Name) ? OrderKeys.Of(order) : order.Name) + ": " + forbidden.Reason), null);
        }

        /// <summary>A lock past its end by the PC's clock needs the market's time, and so somebody who listens to it.</summary>
        internal void WatchTimeIfNeeded(Instrument instrument)
        {
            if (platform.Guard.WaitsForMarket(Name))
            {
                platform.Quotes.WatchTime(instrument);
            }
        }

        private static bool IsBeingCancelled(Order order)
        {
            return order.OrderState == OrderState.CancelPending || order.OrderState == OrderState.CancelSubmitted;
        }

        /// <summary>A fill on a guarded account: what it added while entries are locked is closed again.</summary>
        private void Filled(Instrument instrument, int before, int grown)
        {
            var isLocked = platform.Guard.AreEntriesLocked(Name);
            if (isLocked && !permittedNoted)
            {
                NotePermitted(true);
                permitted[instrument.FullName] = before;
            }
            var excess = isLocked ? grown : 0;
            if (excess > 0 || platform.Guard.Excess(Name, Math.Abs(PositionOf(instrument.FullName))) > 0)
            {
                Trim(instrument, excess);
            }
        }

        private void Trim(Instrument instrument, int excess)
        {
            TrimLeg leg;
            TrimPause pause;
            var name = instrument.FullName;
            if (flattens.ContainsKey(name) || (trimPauses.TryGetValue(name, out pause) && clock.ElapsedMilliseconds < pause.Until))
            {
                return;
            }
            if (!trims.TryGetValue(name, out leg))
            {
                leg = new TrimLeg(this, instrument, platform.Guard, outbox, reporter, clock.ElapsedMilliseconds);
                trims[name] = leg;
                busy = true;
            }
            leg.Add(excess);
        }

        /// <summary>A market that takes no orders is not asked again at once, and each time later.</summary>
        internal void PauseTrims(string instrument, long now)
        {
            TrimPause pause;
            if (!trimPauses.TryGetValue(instrument, out pause))
            {
                pause = new TrimPause();
                trimPauses[instrument] = pause;
            }
            pause.Until = now + pause.Length;
            pause.Length = Math.Min(2 * pause.Length, Patience.LongestTrimRetry);
        }

        internal void TrimWorked(string instrument)
        {
            trimPauses.Remove(instrument);
        }

        #endregion
    }

    /// <summary>Prices of the contracts the app asked for. Their handlers run on a thread that charts share.</summary>
    internal sealed class QuoteBoard
    {
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly GuardKeeper guard;
        private readonly Lane lane;
        private readonly Dictionary<string, QuoteFeed> feeds = new Dictionary<string, QuoteFeed>(StringComparer.Ordinal);
        private volatile QuoteFeed[] known = new QuoteFeed[0];
        private volatile bool stopped;

        internal QuoteBoard(Outbox outbox, Reporter reporter, GuardKeeper guard)
        {
            this.outbox = outbox;
            this.reporter = reporter;
            this.guard = guard;
            lane = new Lane(reporter);
        }

        internal QuoteFeed[] Feeds
        {
            get { return known; }
        }

        /// <summary>A contract by its full name; a root alone would give NinjaTrader's template without an expiry.</summary>
        internal static Instrument Find(string name)
        {
            var instrument = Instrument.GetInstrument(name);
            if (!Messages.HasTerms(instrument) || instrument.FullName != name)
            {
                return null;
            }
            var isTemplate = instrument.MasterInstrument.InstrumentType.ToString() == "Future" && instrument.Expiry.Year < 1971;
            return isTemplate ? null : instrument;
        }

        internal QuoteFeed Feed(string name)
        {
            foreach (var feed in known)
            {
                if (feed.Name == name)
                {
                    return feed;
                }
            }
            return null;
        }

        /// <summary>Subscribes all or nothing; the answer names the contract that is not known, null when all are.</summary>
        internal void Subscribe(List<string> names, bool bars, Action<string> answer, Action<Exception> failed)
        {
            lane.Post(delegate
            {
                try
                {
                    answer(SubscribeAll(names, bars));
                }
                catch (Exception error)
                {
                    failed(error);
                }
            });
        }

        private string SubscribeAll(List<string> names, bool bars)
        {
            var instruments = new List<Instrument>();
            foreach (var name in names)
            {
                var instrument = Find(name);
                if (instrument == null)
                {
                    return name;
                }
                instruments.Add(instrument);
            }
            foreach (var instrument in instruments)
            {
                Open(instrument, bars);
            }
            return null;
        }

        internal void Unsubscribe(List<string> names)
        {
            lane.Post(delegate
            {
                foreach (var name in names)
                {
                    QuoteFeed feed;
                    if (feeds.TryGetValue(name, out feed))
                    {
                        feeds.Remove(name);
                        Publish();
                        feed.Stop();
                    }
                }
            });
        }

        /// <summary>Prices of a contract whose lock waits for the market's own time.</summary>
        internal void WatchTime(Instrument instrument)
        {
            if (Feed(instrument.FullName) == null)
            {
                lane.Post(delegate { Open(instrument, false); });
            }
        }

        internal void TellAll()
        {
            foreach (var feed in known)
            {
                feed.Tell();
            }
        }

        /// <summary>Called on a thread of NinjaTrader. A feed that is being opened just then closes itself.</summary>
        internal void Stop()
        {
            stopped = true;
            foreach (var feed in known)
            {
                feed.Stop();
            }
        }

        private void Open(Instrument instrument, bool bars)
        {
            QuoteFeed feed;
            if (!feeds.TryGetValue(instrument.FullName, out feed))
            {
                feed = new QuoteFeed(instrument, outbox, reporter, guard);
                feeds[instrument.FullName] = feed;
                Publish();
                feed.Start();
            }
            if (bars)
            {
                feed.StartBars();
            }
            if (stopped)
            {
                feed.Stop();
            }
        }

        private void Publish()
        {
            var list = new List<QuoteFeed>(feeds.Values);
            known = list.ToArray();
        }
    }

    /// <summary>One contract's best bid, ask and last, and its minute bars when they are wanted.</summary>
    internal sealed class QuoteFeed
    {
        internal readonly Instrument Instrument;
        internal readonly string Name;
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly GuardKeeper guard;
        private readonly object gate = new object();
        private MarketData data;
        private BarsRequest bars;
        private volatile bool stopped;
        private double? bid;
        private double? ask;
        private double? last;
        private long? bidSize;
        private long? askSize;
        private long? lastSize;
        private long time;

        internal QuoteFeed(Instrument instrument, Outbox outbox, Reporter reporter, GuardKeeper guard)
        {
            Instrument = instrument;
            Name = instrument.FullName;
            this.outbox = outbox;
            this.reporter = reporter;
            this.guard = guard;
        }

        internal void Start()
        {
            var subscription = new MarketData(Instrument);
            subscription.Update += OnData;
            var isLate = false;
            lock (gate)
            {
                data = subscription;
                isLate = stopped;
            }
            if (isLate)
            {
                Stop();
            }
        }

        internal void StartBars()
        {
            var request = new BarsRequest(Instrument, Limits.BarsBack);
            lock (gate)
            {
                if (bars != null || stopped)
                {
                    request = null;
                }
                else
                {
                    bars = request;
                }
            }
            if (request == null)
            {
                return;
            }
            request.BarsPeriod = new BarsPeriod { BarsPeriodType = BarsPeriodType.Minute, Value = 1, MarketDataType = MarketDataType.Last };
            request.TradingHours = Instrument.MasterInstrument.TradingHours;
            request.Update += OnBars;
            request.Request(OnHistory);
        }

        internal void Stop()
        {
            MarketData subscription;
            BarsRequest request;
            lock (gate)
            {
                stopped = true;
                subscription = data;
                request = bars;
                data = null;
                bars = null;
            }
            if (subscription != null)
            {
                subscription.Update -= OnData;
            }
            if (request != null)
            {
                request.Update -= OnBars;
                request.Dispose();
            }
        }

        /// <summary>What an order can be priced at now; null on a side that was not seen.</summary>
        internal void Best(out double? bestBid, out double? bestAsk)
        {
            lock (gate)
            {
                bestBid = bid;
                bestAsk = ask;
            }
        }

        internal void Tell()
        {
            if (!outbox.IsOpen || time == 0)
            {
                return;
            }
            string quote;
            lock (gate)
            {
                quote = new JsonWriter().Open()
                    .Field("instrument", Name)
                    .FigureOrNull("bid", bid)
                    .FieldOrNull("bidSize", bidSize)
                    .FigureOrNull("ask", ask)
                    .FieldOrNull("askSize", askSize)
                    .FigureOrNull("last", last)
                    .FieldOrNull("lastSize", lastSize)
                    .Field("time", time)
                    .Close().ToString();
            }
            outbox.Fact("quote", quote, Instrument, "quote/" + Name);
        }

        private void OnData(object sender, MarketDataEventArgs e)
        {
            try
            {
                var at = e == null ? 0 : Times.Of(e.Time);
                if (stopped || e == null || !Note(e, at))
                {
                    return;
                }
                if (e.MarketDataType == MarketDataType.Last && !e.IsReset)
                {
                    guard.SawQuote(at);
                }
                Tell();
            }
            catch (Exception error)
            {
                reporter.Error("QUOTE_EVENT", error);
            }
        }

        /// <summary>False for what says nothing: a placeholder of zero that comes before the first real price.</summary>
        private bool Note(MarketDataEventArgs e, long at)
        {
            lock (gate)
            {
                if (e.IsReset)
                {
                    bid = ask = last = null;
                    bidSize = askSize = lastSize = null;
                    time = at;
                    return true;
                }
                if (e.Price == 0 || double.IsNaN(e.Price) || double.IsInfinity(e.Price))
                {
                    return false;
                }
                var size = Math.Max(0, Math.Min(e.Volume, int.MaxValue));
                switch (e.MarketDataType)
                {
                    case MarketDataType.Bid:
                        bid = e.Price;
                        bidSize = size;
                        break;
                    case MarketDataType.Ask:
                        ask = e.Price;
                        askSize = size;
                        break;
                    case MarketDataType.Last:
                        last = e.Price;
                        lastSize = size;
                        break;
                    default:
                        return false;
                }
                time = at;
                return true;
            }
        }

        private void OnHistory(BarsRequest request, ErrorCode error, string message)
        {
            try
            {
                if (stopped)
                {
                    return;
                }
                if (error != ErrorCode.NoError)
                {
                    reporter.Warn("BARS_REFUSED", "No minute bars of " + Name + ": " + message);
                    return;
                }
                var series = request.Bars;
                for (var i = 0; i < series.Count; i++)
                {
                    TellBar(series.GetTime(i), series.GetOpen(i), series.GetHigh(i), series.GetLow(i), series.GetClose(i), series.GetVolume(i), i < series.Count - 1);
                }
            }
            catch (Exception failure)
            {
                reporter.Error("BARS_EVENT", failure);
            }
        }

        private void OnBars(object sender, BarsUpdateEventArgs e)
        {
            try
            {
                var series = e == null ? null : e.BarsSeries;
                if (stopped || series == null)
                {
                    return;
                }
                for (var i = Math.Max(0, e.MinIndex); i <= e.MaxIndex && i < series.Count; i++)
                {
                    TellBar(series.GetTime(i), series.GetOpen(i), series.GetHigh(i), series.GetLow(i), series.GetClose(i), series.GetVolume(i), i < series.Count - 1);
                }
            }
            catch (Exception error)
            {
                reporter.Error("BARS_EVENT", error);
            }
        }

        /// <summary>NinjaTrader names a bar by its end.</summary>
        private void TellBar(DateTime end, double open, double high, double low, double close, long volume, bool closed)
        {
            if (!outbox.IsOpen)
            {
                return;
            }
            var bar = new JsonWriter().Open()
                .Field("instrument", Name)
                .Field("minutes", 1)
                .Field("startsAt", Math.Max(0, Times.Of(end) - 60000))
                .Figure("open", open)
                .Figure("high", high)
                .Figure("low", low)
                .Figure("close", close)
                .Field("volume", Math.Max(0, volume))
                .Field("closed", closed)
                .Close().ToString();
            outbox.Fact("bar", bar, Instrument, null);
        }
    }

    #endregion

    #region Guard: what holds while the app is away

    /// <summary>The limits and the lock of one account, as the app gave them.</summary>
    internal sealed class GuardAccount
    {
        internal string Account;
        internal bool EntriesLocked;
        /// <summary>UTC epoch milliseconds; null is open-ended.</summary>
        internal long? LockedUntil;
        internal string Reason;
        internal int? MaxContracts;
        internal double? HardFloor;
        internal bool FlattenAtFloor;

        internal static GuardAccount Read(Fields fields)
        {
            var account = new GuardAccount();
            account.Account = fields.PlatformName("account");
            account.EntriesLocked = fields.Flag("entriesLocked");
            account.LockedUntil = fields.IntegerOrNull("lockedUntil", 0, 8640000000000000);
            account.Reason = fields.Text("reason", 0, Limits.FreeText);
            account.MaxContracts = (int?)fields.IntegerOrNull("maxContracts", 0, 2147483647);
            account.HardFloor = fields.FigureOrNull("hardFloor");
            account.FlattenAtFloor = fields.Flag("flattenAtFloor");
            return account;
        }

        /// <summary>The same limits with an open-ended lock.</summary>
        internal GuardAccount Locked(string reason)
        {
            return new GuardAccount
            {
                Account = Account,
                EntriesLocked = true,
                LockedUntil = null,
                Reason = reason,
                MaxContracts = MaxContracts,
                HardFloor = HardFloor,
                FlattenAtFloor = FlattenAtFloor
            };
        }

        internal string ToJson()
        {
            return new JsonWriter().Open()
                .Field("account", Account)
                .Field("entriesLocked", EntriesLocked)
                .FieldOrNull("lockedUntil", LockedUntil)
                .Field("reason", Reason)
                .FieldOrNull("maxContracts", MaxContracts)
                .FigureOrNull("hardFloor", HardFloor)
                .Field("flattenAtFloor", FlattenAtFloor)
                .Close().ToString();
        }
    }

    /// <summary>One revision of the guard. Never changed: a new one takes its place.</summary>
    internal sealed class GuardState
    {
        internal readonly long Revision;
        internal readonly List<GuardAccount> Accounts;

        internal GuardState(long revision, List<GuardAccount> accounts)
        {
            Revision = revision;
            Accounts = accounts;
        }

        internal static GuardState Read(Fields payload)
        {
            var revision = payload.Integer("revision", 1, double.MaxValue);
            payload.Text("note", 0, Limits.FreeText);
            return new GuardState(revision, ReadAccounts(payload));
        }

        internal static List<GuardAccount> ReadAccounts(Fields payload)
        {
            var accounts = new List<GuardAccount>();
            foreach (var entry in payload.List("accounts", 0, 200))
            {
                accounts.Add(GuardAccount.Read(new Fields(entry)));
            }
            return accounts;
        }

        /// <summary>Whether two revisions say the same, whatever their numbers.</summary>
        internal bool IsSame(GuardState other)
        {
            if (Accounts.Count != other.Accounts.Count)
            {
                return false;
            }
            for (var i = 0; i < Accounts.Count; i++)
            {
                if (Accounts[i].ToJson() != other.Accounts[i].ToJson())
                {
                    return false;
                }
            }
            return true;
        }

        internal GuardAccount Of(string account)
        {
            foreach (var entry in Accounts)
            {
                if (string.Equals(entry.Account, account, StringComparison.OrdinalIgnoreCase))
                {
                    return entry;
                }
            }
            return null;
        }
    }

    /// <summary>
    /// Keeps the guard in memory and on disk, signed with the pairing key. What cannot be verified locks entries until the
    /// app speaks: a damaged file must not be a way out. Exits always pass.
    /// </summary>
    internal sealed class GuardKeeper
    {
        private const string BreachedReason = "the hard limit was reached";
        private const string UnverifiedReason = "The guard on this computer could not be verified. Start the Enigma Apex app.";
        private readonly Reporter reporter;
        private readonly object gate = new object();
        private readonly HashSet<string> breached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        private volatile GuardState state = new GuardState(0, new List<GuardAccount>());
        private volatile bool unverified;
        private byte[] key;
        private readonly object fileGate = new object();
        private string fileBody;
        private string fileMac;
        private long fillTime;
        private long quoteTime;
        private volatile bool unsaved;
        private volatile bool trustsQuotes;

        internal GuardKeeper(Reporter reporter)
        {
            this.reporter = reporter;
            Changed = delegate { };
        }

        /// <summary>Called when orders have to be looked at again.</summary>
        internal Action Changed;

        internal GuardState State
        {
            get { return state; }
        }

        /// <summary>Nothing on disk could be verified: entries are locked on all accounts.</summary>
        internal bool IsUnverified
        {
            get { return unverified; }
        }

        /// <summary>What is in force could not be written; it is tried again.</summary>
        internal bool IsUnsaved
        {
            get { return unsaved; }
        }

        /// <summary>Set while no simulated or replayed feed is connected.</summary>
        internal bool TrustsQuotes
        {
            set { trustsQuotes = value; }
        }

        /// <summary>
        /// What is enforced, for the app: the guard it gave, tightened by what happened since. A lock the app did not ask
        /// for is taken over by it and ends by its user's decision only.
        /// </summary>
        internal GuardState InForce(IEnumerable<string> accounts)
        {
            var told = new List<GuardAccount>();
            foreach (var entry in state.Accounts)
            {
                told.Add(IsBreached(entry.Account) ? entry.Locked(BreachedReason) : entry);
            }
            if (unverified)
            {
                told.Clear();
                foreach (var account in accounts)
                {
                    told.Add(new GuardAccount { Account = account, Reason = "" }.Locked(UnverifiedReason));
                }
            }
            return new GuardState(state.Revision, told);
        }

        /// <summary>Whether the guard says anything of an account.</summary>
        internal bool Concerns(string account)
        {
            return unverified || state.Of(account) != null;
        }

        internal bool HasFloor(string account)
        {
            var entry = state.Of(account);
            return entry != null && entry.FlattenAtFloor && entry.HardFloor != null;
        }

        internal bool AreEntriesLocked(string account)
        {
            return WhyLocked(account) != null;
        }

        /// <summary>Why entries are locked; null when they are not.</summary>
        internal string WhyLocked(string account)
        {
            if (unverified)
            {
                return UnverifiedReason;
            }
            var entry = state.Of(account);
            if (entry == null)
            {
                return null;
            }
            if (IsBreached(account))
            {
                return BreachedReason;
            }
            return entry.EntriesLocked && !HasExpired(entry) ? "entries are locked: " + entry.Reason : null;
        }

        /// <summary>Whether a lock waits only for the market's own time to confirm the PC's.</summary>
        internal bool WaitsForMarket(string account)
        {
            var entry = state.Of(account);
            return entry != null && entry.EntriesLocked && entry.LockedUntil != null && Times.Now() >= entry.LockedUntil.Value && !HasExpired(entry);
        }

        /// <summary>Contracts beyond the most one contract's position may have.</summary>
        internal int Excess(string account, int size)
        {
            var entry = state.Of(account);
            return entry == null || entry.MaxContracts == null ? 0 : Math.Max(0, size - entry.MaxContracts.Value);
        }

        internal bool IsBreached(string account)
        {
            lock (gate)
            {
                return breached.Contains(account);
            }
        }

        /// <summary>The hard limit was reached: entries stay locked until the app gives a newer guard, also over a restart.</summary>
        internal void Breach(string account)
        {
            lock (gate)
            {
                if (!breached.Add(account))
                {
                    return;
                }
            }
            Save();
            Changed();
        }

        /// <summary>Time of a fill. One of a playback is history, one of a local simulation carries the PC's clock.</summary>
        internal void SawFill(string kind, long time)
        {
            if (kind != "playback" && kind != "simulation")
            {
                Later(ref fillTime, time);
            }
        }

        internal void SawQuote(long time)
        {
            if (trustsQuotes)
            {
                Later(ref quoteTime, time);
            }
        }

        private static void Later(ref long known, long time)
        {
            var seen = Interlocked.Read(ref known);
            while (time > seen)
            {
                var before = Interlocked.CompareExchange(ref known, time, seen);
                if (before == seen)
                {
                    return;
                }
                seen = before;
            }
        }

        /// <summary>
        /// Takes over a newer guard and writes it down before it says so; false when the disk refused it, and then it holds
        /// as long as NinjaTrader runs. A reached limit stays reached until the app changes that very account's entry.
        /// </summary>
        internal bool Replace(GuardState next)
        {
            lock (gate)
            {
                var earlier = state;
                breached.RemoveWhere(delegate(string account) { return !IsSame(earlier.Of(account), next.Of(account)); });
                state = next;
                unverified = false;
            }
            var kept = Save();
            Changed();
            return kept;
        }

        private static bool IsSame(GuardAccount before, GuardAccount after)
        {
            return before != null && after != null && before.ToJson() == after.ToJson();
        }

        /// <summary>
        /// Reads the guard of the last run. A draft that was written whole and not yet put in place counts when the file is
        /// gone; a file that is gone though one was kept, or older than the one kept, counts as not verified.
        /// </summary>
        internal void Load()
        {
            try
            {
                var file = GuardFile();
                var source = File.Exists(file) ? file : File.Exists(file + ".new") ? file + ".new" : null;
                var kept = KeptRevision();
                if (source == null)
                {
                    unverified = kept > 0;
                }
                else
                {
                    var fields = new Fields(JsonReader.Read(File.ReadAllText(source, Encoding.UTF8)));
                    fileBody = fields.Text("guard", 1, int.MaxValue);
                    fileMac = fields.Text("mac", 44, 44);
                    // Nothing of the file counts before the key has proven it.
                    unverified = true;
                    string problem;
                    var pairing = Pairing.Read(out problem);
                    if (pairing != null)
                    {
                        UseKey(pairing.Key);
                    }
                }
                if (unverified)
                {
                    reporter.Warn("GUARD_UNVERIFIED", UnverifiedReason);
                }
            }
            catch (Exception error)
            {
                unverified = true;
                fileBody = null;
                reporter.Error("GUARD_UNREADABLE", error);
            }
        }

        /// <summary>Gives the key of the pairing file; a guard that was read before is judged by it.</summary>
        internal void UseKey(byte[] pairingKey)
        {
            string body;
            bool isNew;
            lock (gate)
            {
                isNew = key != null && !Proof.Match(Convert.ToBase64String(key), Convert.ToBase64String(pairingKey));
                key = pairingKey;
                body = fileBody;
            }
            if (isNew && !unverified && state.Revision > 0)
            {
                // The file was signed with the key before; what is in memory was verified, so it is signed anew.
                Save();
            }
            if (!unverified || body == null || !Proof.Match(Proof.Sign(pairingKey, Signed(body)), fileMac))
            {
                return;
            }
            var fields = new Fields(JsonReader.Read(body));
            var accounts = GuardState.ReadAccounts(fields);
            var revision = fields.Integer("revision", 0, double.MaxValue);
            if (revision < KeptRevision())
            {
                // An older file, properly signed: somebody put back yesterday's limits.
                return;
            }
            var reached = fields.Names("breached", 0, 200);
            lock (gate)
            {
                state = new GuardState(revision, accounts);
                foreach (var account in reached)
                {
                    breached.Add(account);
                }
                unverified = false;
                fileBody = null;
            }
            Changed();
        }

        /// <summary>The PC's clock and the market's own must both be past the end: a clock that was moved unlocks nothing.</summary>
        private bool HasExpired(GuardAccount entry)
        {
            if (entry.LockedUntil == null)
            {
                return false;
            }
            var end = entry.LockedUntil.Value;
            var market = Math.Max(Interlocked.Read(ref fillTime), Interlocked.Read(ref quoteTime));
            return Times.Now() >= end && market >= end;
        }

        /// <summary>For the pulse, after the disk refused.</summary>
        internal void SaveAgain()
        {
            Save();
        }

        /// <summary>One at a time, each with what is in force when its turn comes, so that an older text never replaces a newer.</summary>
        private bool Save()
        {
            lock (fileGate)
            {
                try
                {
                    string text;
                    long revision;
                    int entries;
                    lock (gate)
                    {
                        if (key == null)
                        {
                            unsaved = true;
                            return false;
                        }
                        var body = Body();
                        revision = state.Revision;
                        entries = state.Accounts.Count;
                        text = new JsonWriter().Open().Field("guard", body).Field("mac", Proof.Sign(key, Signed(body))).Close().ToString();
                    }
                    Write(GuardFile(), text);
                    Write(MarkFile(), Words.Text(entries == 0 ? 0 : revision));
                    unsaved = false;
                    return true;
                }
                catch (Exception error)
                {
                    unsaved = true;
                    reporter.Error("GUARD_NOT_KEPT", error);
                    return false;
                }
            }
        }

        /// <summary>Whole or not at all: the draft is on the disk before it takes the old file's place.</summary>
        private static void Write(string file, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file));
            var draft = file + ".new";
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(true);
            }
            if (File.Exists(file))
            {
                File.Replace(draft, file, file + ".old");
            }
            else
            {
                File.Move(draft, file);
            }
        }

        /// <summary>The newest revision with limits that was kept, noted in another folder; 0 for none.</summary>
        private static long KeptRevision()
        {
            long revision;
            var file = MarkFile();
            if (!File.Exists(file))
            {
                return 0;
            }
            return long.TryParse(File.ReadAllText(file, Encoding.UTF8), NumberStyles.None, CultureInfo.InvariantCulture, out revision) ? revision : long.MaxValue;
        }

        private static string MarkFile()
        {
            return Path.Combine(Pairing.Folder, "NinjaTrader", "guard-revision");
        }

        private string Body()
        {
            var json = new JsonWriter().Open().Field("revision", state.Revision).OpenList("accounts");
            foreach (var account in state.Accounts)
            {
                json.Entry(account.ToJson());
            }
            json.CloseList().OpenList("breached");
            foreach (var account in breached)
            {
                json.TextEntry(account);
            }
            return json.CloseList().Close().ToString();
        }

        private static string Signed(string body)
        {
            return "enigma-apex/1/guard\n" + body;
        }

        private static string GuardFile()
        {
            var folder = Globals.UserDataDir;
            return Path.Combine(string.IsNullOrEmpty(folder) ? Pairing.Folder : folder, "EnigmaApexBridge", "guard.json");
        }
    }

    /// <summary>Why an order may not stand, and on whose behalf.</summary>
    internal sealed class Forbidden
    {
        internal readonly string By;
        internal readonly string Reason;

        internal Forbidden(string by, string reason)
        {
            By = by;
            Reason = reason;
        }
    }

    /// <summary>Decides which orders a running flatten or the guard forbids. Orders that reduce always pass.</summary>
    internal sealed class EntryGate
    {
        private readonly GuardKeeper guard;
        private readonly Stopwatch clock;
        private readonly object gate = new object();
        private List<Hold> holds = new List<Hold>();

        private sealed class Hold
        {
            internal string CommandId;
            internal Scope Scope;
            internal long Until;
        }

        internal EntryGate(GuardKeeper guard, Stopwatch clock)
        {
            this.guard = guard;
            this.clock = clock;
        }

        internal void HoldEntries(string commandId, Scope scope, int milliseconds)
        {
            if (milliseconds > 0)
            {
                lock (gate)
                {
                    holds.Add(new Hold { CommandId = commandId, Scope = scope, Until = clock.ElapsedMilliseconds + milliseconds });
                }
            }
        }

        /// <summary>Forgets what has run out.</summary>
        internal void Tick()
        {
            var now = clock.ElapsedMilliseconds;
            lock (gate)
            {
                holds.RemoveAll(delegate(Hold hold) { return hold.Until <= now; });
            }
        }

        internal bool Concerns(string account)
        {
            if (guard.Concerns(account))
            {
                return true;
            }
            var now = clock.ElapsedMilliseconds;
            lock (gate)
            {
                foreach (var hold in holds)
                {
                    if (hold.Until > now && hold.Scope.HasAccount(account))
                    {
                        return true;
                    }
                }
                return false;
            }
        }

        /// <summary>
        /// Null when the order may stand. Against an open position every order may: it could be the stop that protects it,
        /// though it is larger by now. What it turns in the end is closed by the trim.
        /// </summary>
        internal Forbidden Objection(AccountDesk desk, string instrument, OrderAction action, int quantity)
        {
            var position = desk.PositionOf(instrument);
            if (position * Sign(action) < 0)
            {
                return null;
            }
            var hold = HoldOn(desk.Name, instrument);
            if (hold != null)
            {
                return new Forbidden(hold.CommandId, "entries are held for a flatten");
            }
            var by = "guard-" + Words.Text(guard.State.Revision);
            var locked = guard.WhyLocked(desk.Name);
            if (locked != null)
            {
                return new Forbidden(by, locked);
            }
            return guard.Excess(desk.Name, Math.Abs(position) + quantity) > 0 ? new Forbidden(by, "more contracts than the guard allows") : null;
        }

        private static int Sign(OrderAction action)
        {
            return action == OrderAction.Buy || action == OrderAction.BuyToCover ? 1 : -1;
        }

        /// <summary>Whether filling an order would only shrink a signed position.</summary>
        internal static bool Reduces(int position, OrderAction action, int quantity)
        {
            return position * Sign(action) < 0 && quantity <= Math.Abs(position);
        }

        private Hold HoldOn(string account, string instrument)
        {
            var now = clock.ElapsedMilliseconds;
            lock (gate)
            {
                foreach (var hold in holds)
                {
                    if (hold.Until > now && hold.Scope.Has(account, instrument))
                    {
                        return hold;
                    }
                }
                return null;
            }
        }
    }

    /// <summary>
    /// Flattens an account whose value reached the hard limit, if the trader opted in. One figure below the limit never
    /// acts alone: a second one agrees, or it stands for a quarter of a second.
    /// </summary>
    internal sealed class FloorWatch
    {
        private readonly AccountDesk desk;
        private readonly GuardKeeper guard;
        private readonly Reporter reporter;
        private long belowSince = -1;
        private long lastRun = long.MinValue / 2;

        internal FloorWatch(AccountDesk desk, GuardKeeper guard, Reporter reporter)
        {
            this.desk = desk;
            this.guard = guard;
            this.reporter = reporter;
        }

        internal void Step(long now)
        {
            var entry = guard.State.Of(desk.Name);
            if (entry == null || !entry.FlattenAtFloor || entry.HardFloor == null || !desk.IsConnected)
            {
                belowSince = -1;
                return;
            }
            if (guard.IsBreached(desk.Name))
            {
                Flatten(now);
                return;
            }
            var floor = entry.HardFloor.Value;
            var reported = desk.Figure(AccountItem.NetLiquidation);
            // The value decides wherever it is reported: at the end of a trade cash and open profit arrive apart.
            var value = reported ?? Computed();
            if (value == null || value > floor)
            {
                belowSince = -1;
                return;
            }
            if (belowSince < 0)
            {
                belowSince = now;
            }
            var agrees = reported != null && Computed() <= floor;
            if (agrees || now - belowSince >= (reported == null ? Patience.SumStands : Patience.FigureStands))
            {
                reporter.Warn("HARD_LIMIT", desk.Name + " reached its hard limit; entries are locked and it is flattened.");
                guard.Breach(desk.Name);
                Flatten(now);
            }
        }

        /// <summary>Cash and open profit; null unless both are reported.</summary>
        private double? Computed()
        {
            var cash = desk.Figure(AccountItem.CashValue);
            var open = desk.Figure(AccountItem.UnrealizedProfitLoss);
            return cash == null || open == null ? null : cash + open;
        }

        /// <summary>Again and again while something is open: a strategy may enter anew.</summary>
        private void Flatten(long now)
        {
            var scope = new Scope("account", desk.Name, null);
            if (now - lastRun < Patience.FloorRetry || desk.OpenInstruments(scope).Count == 0)
            {
                return;
            }
            lastRun = now;
            desk.Flatten(new FlattenRun("guard-floor-" + Words.Text(guard.State.Revision), scope, "market", 1, delegate { }));
        }
    }

    /// <summary>Closes what an account holds beyond what the guard allows, and no contract more.</summary>
    internal sealed class TrimLeg
    {
        private const int MaxTries = 3;
        private readonly AccountDesk desk;
        private readonly Instrument instrument;
        private readonly GuardKeeper guard;
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly string name;
        private Order close;
        private int excess;
        private int tries;
        private long since;

        internal TrimLeg(AccountDesk desk, Instrument instrument, GuardKeeper guard, Outbox outbox, Reporter reporter, long now)
        {
            this.desk = desk;
            this.instrument = instrument;
            this.guard = guard;
            this.outbox = outbox;
            this.reporter = reporter;
            name = instrument.FullName;
            since = now;
        }

        internal void Add(int contracts)
        {
            excess += contracts;
        }

        internal bool Step(long now)
        {
            if (!desk.IsConnected)
            {
                // Kept for the return: what is too much now will be too much then.
                since = now;
                return false;
            }
            if (close != null)
            {
                return AwaitClose(now);
            }
            // The position follows its fill; a trim by the old one would close too much or too little.
            if (!desk.IsSettled(name))
            {
                return Doubt(now);
            }
            var position = desk.PositionOf(name);
            var beyond = Math.Max(Math.Min(excess, desk.BeyondPermitted(name, position)), guard.Excess(desk.Name, Math.Abs(position)));
            var size = Math.Min(Math.Abs(position), beyond);
            if (size == 0)
            {
                return true;
            }
            if (HasLiveClose())
            {
                return false;
            }
            if (tries >= MaxTries)
            {
                return GiveUp(now, Words.Text(size) + " contracts too many could not be closed");
            }
            tries++;
            close = Closing.Send(desk, instrument, position, size, "market", OrderNames.Trim);
            since = now;
            var by = "guard-" + Words.Text(guard.State.Revision);
            outbox.Answer("flattenProgress", Messages.Progress(by, desk.Name, name, "closeSent", "excess of " + Words.Text(size) + " contracts"), null);
            return false;
        }

        private bool Doubt(long now)
        {
            if (now - since < Patience.Settle)
            {
                return false;
            }
            desk.ScanExecutions();
            return desk.IsSettled(name) ? false : GiveUp(now, "the position does not fit its fills, so nothing is closed");
        }

        private bool AwaitClose(long now)
        {
            if (AccountDesk.IsLive(close))
            {
                if (now - since >= Patience.Close)
                {
                    since = now;
                    reporter.Warn("TRIM_WAITS", desk.Name + ": the order that closes too much of " + name + " is not filled.");
                }
                return false;
            }
            if (close.Filled > 0)
            {
                desk.TrimWorked(name);
            }
            excess = Math.Max(0, excess - close.Filled);
            close = null;
            since = now;
            return false;
        }

        private bool GiveUp(long now, string why)
        {
            reporter.Warn("TRIM_FAILED", desk.Name + ", " + name + ": " + why + ".");
            desk.PauseTrims(name, now);
            return true;
        }

        private bool HasLiveClose()
        {
            foreach (var order in desk.LiveOrders(name))
            {
                if (desk.IsClosing(order))
                {
                    return true;
                }
            }
            return false;
        }
    }

    #endregion

    #region Flatten: cancel, wait, close, read again, sweep

    internal static class Closing
    {
        private const int MarketableTicks = 40;

        /// <summary>
        /// Sends the order that takes <paramref name="size"/> contracts off a position. Never more than the position has:
        /// nothing but a fill that travels meanwhile can turn it.
        /// </summary>
        internal static Order Send(AccountDesk desk, Instrument instrument, int position, int size, string method, string name)
        {
            var action = position > 0 ? OrderAction.Sell : OrderAction.BuyToCover;
            var limit = method == "marketableLimit" ? Marketable(desk, instrument, position) : null;
            var order = desk.Account.CreateOrder(instrument, action, limit == null ? OrderType.Market : OrderType.Limit, OrderEntry.Automated, TimeInForce.Day, Math.Min(size, Math.Abs(position)), limit == null ? 0 : limit.Value, 0, string.Empty, name, Globals.MaxDate, null);
            desk.Closes(order);
            desk.Account.Submit(new[] { order });
            return order;
        }

        /// <summary>A limit far enough through the other side to fill at once; null without a price to go by.</summary>
        private static double? Marketable(AccountDesk desk, Instrument instrument, int position)
        {
            double? bid;
            double? ask;
            var feed = desk.Feed(instrument.FullName);
            if (feed == null)
            {
                return null;
            }
            feed.Best(out bid, out ask);
            var reach = MarketableTicks * instrument.MasterInstrument.TickSize;
            var price = position > 0 ? bid - reach : ask + reach;
            return price == null ? (double?)null : instrument.MasterInstrument.RoundToTickSize(price.Value);
        }
    }

    /// <summary>One flatten over all accounts of its scope; ends when its last leg has.</summary>
    internal sealed class FlattenRun
    {
        internal readonly string CommandId;
        internal readonly Scope Scope;
        internal readonly string Method;
        internal readonly int Attempt;
        private readonly Action<List<string>> onEnd;
        private readonly List<string> codes = new List<string>();
        private readonly object gate = new object();
        private int open = 1;

        internal FlattenRun(string commandId, Scope scope, string method, int attempt, Action<List<string>> onEnd)
        {
            CommandId = commandId;
            Scope = scope;
            Method = method;
            Attempt = attempt;
            this.onEnd = onEnd;
        }

        internal void Began()
        {
            lock (gate)
            {
                open++;
            }
        }

        internal void Ended(string code)
        {
            lock (gate)
            {
                if (code != null)
                {
                    codes.Add(code);
                }
                open--;
                if (open != 0)
                {
                    return;
                }
            }
            onEnd(codes);
        }
    }

    /// <summary>
    /// Closes one account's one contract. Waits for cancels as long as NinjaTrader does, closes by a fresh reading, waits
    /// until the position is the one its fills left, closes a residual or a reversal once more, and looks again for
    /// orders that come late. Never sends a second closing order while one is live.
    /// </summary>
    internal sealed class FlattenLeg
    {
        private const int MaxCloses = 2;
        private readonly AccountDesk desk;
        private readonly Instrument instrument;
        private readonly Outbox outbox;
        private readonly List<FlattenRun> runs = new List<FlattenRun>();
        private readonly HashSet<Order> asked = new HashSet<Order>();
        private readonly string name;
        private readonly bool byPlatform;
        private string phase = "cancelling";
        private long since;
        private Order close;
        private int closes;
        private int positionBefore;
        private readonly long began;
        private bool ended;

        internal FlattenLeg(AccountDesk desk, Instrument instrument, FlattenRun run, Outbox outbox, long now)
        {
            this.desk = desk;
            this.instrument = instrument;
            this.outbox = outbox;
            name = instrument.FullName;
            since = now;
            began = now;
            runs.Add(run);
            // What failed twice this way is tried NinjaTrader's own way.
            byPlatform = run.Attempt >= 3;
            positionBefore = desk.PositionOf(name);
        }

        internal void Join(FlattenRun run)
        {
            runs.Add(run);
        }

        internal void Abandon()
        {
            Finish("NOT_CONNECTED");
        }

        internal bool Step(long now)
        {
            try
            {
                if (!desk.IsConnected)
                {
                    Finish("NOT_CONNECTED");
                }
                else if (now - began >= Patience.Flatten && (close == null || !AccountDesk.IsLive(close)))
                {
                    // Somebody sends new orders as fast as they are cancelled; the app decides what comes next.
                    Finish("RESIDUAL");
                }
                else
                {
                    StepPhase(now);
                }
            }
            catch (Exception error)
            {
                Tell("closeRejected", error.GetType().Name + ": " + error.Message);
                Finish("PLATFORM_ERROR");
            }
            return ended;
        }

        private void StepPhase(long now)
        {
            switch (phase)
            {
                case "cancelling":
                    AwaitCancels(now);
                    break;
                case "closing":
                    AwaitClose(now);
                    break;
                case "withdrawing":
                    AwaitWithdrawal(now);
                    break;
                case "platform":
                    AwaitPlatform(now);
                    break;
                case "settling":
                    AwaitPosition(now);
                    break;
                default:
                    Sweep(now);
                    break;
            }
        }

        private void AwaitCancels(long now)
        {
            var live = CancelOthers();
            if (live == 0)
            {
                // The last fill may have changed the position already; what it shows now would be closed wrongly.
                if (!IsTold(now))
                {
                    return;
                }
                if (asked.Count > 0)
                {
                    Tell("cancelConfirmed", Words.Text(asked.Count) + " orders");
                }
                ClosePosition(now);
            }
            else if (now - since >= Patience.Cancel)
            {
                Tell("cancelTimedOut", Words.Text(live) + " orders still live after 5 s");
                ClosePosition(now);
            }
        }

        /// <summary>Whether the position is settled, or patience with it has run out and the list of fills was read once more.</summary>
        private bool IsTold(long now)
        {
            if (desk.IsSettled(name))
            {
                return true;
            }
            if (now - since < Patience.Settle)
            {
                return false;
            }
            desk.ScanExecutions();
            return true;
        }

        /// <summary>
        /// Contracts that both the position shown and its fills agree on, signed. Closing more than that could turn the
        /// position; what they disagree about is for a person.
        /// </summary>
        private int Agreed()
        {
            var shown = desk.PositionOf(name);
            var byFills = desk.ByFills(name);
            if (byFills == null || byFills.Value == shown)
            {
                return shown;
            }
            return Math.Sign(byFills.Value) != Math.Sign(shown) ? 0 : Math.Sign(shown) * Math.Min(Math.Abs(shown), Math.Abs(byFills.Value));
        }

        private void ClosePosition(long now)
        {
            if (close != null && AccountDesk.IsLive(close))
            {
                Enter("closing", now);
                return;
            }
            var position = desk.PositionOf(name);
            if (position == 0)
            {
                if (desk.LiveOrders(name).Count > 0)
                {
                    Finish("CANCEL_TIMED_OUT");
                    return;
                }
                Tell("flatSeen", "");
                Enter("sweeping", now);
                return;
            }
            if (closes >= MaxCloses)
            {
                Finish("RESIDUAL");
                return;
            }
            var agreed = Agreed();
            if (agreed == 0)
            {
                Finish("POSITION_IN_DOUBT");
                return;
            }
            closes++;
            positionBefore = position;
            if (byPlatform && agreed == position)
            {
                close = null;
                if (desk.MayPlatformFlatten(name, now))
                {
                    desk.Account.Flatten(new List<Instrument> { instrument });
                    Tell("closeSent", "NinjaTrader's own flatten of " + Words.Text(position));
                }
                Enter("platform", now);
                return;
            }
            close = Closing.Send(desk, instrument, position, Math.Abs(agreed), runs[0].Method, OrderNames.Close);
            Tell("closeSent", Words.Of(close.OrderAction) + " " + Words.Text(close.Quantity));
            Enter("closing", now);
        }

        private void AwaitClose(long now)
        {
            if (close == null)
            {
                Enter("cancelling", now);
                return;
            }
            if (AccountDesk.IsLive(close))
            {
                if (now - since < Patience.Close)
                {
                    return;
                }
                if (close.OrderType == OrderType.Limit)
                {
                    // The market ran away from the limit. It has to be gone before another order may close.
                    desk.Account.Cancel(new[] { close });
                    Enter("withdrawing", now);
                    return;
                }
                Finish("CLOSE_NOT_FILLED");
                return;
            }
            if (close.OrderState == OrderState.Rejected)
            {
                Tell("closeRejected", desk.WhyRejected(close));
                Finish("CLOSE_REJECTED");
                return;
            }
            if (close.Filled > 0)
            {
                Tell("closeFilled", Words.Text(close.Filled) + " contracts");
            }
            Enter("settling", now);
        }

        private void AwaitWithdrawal(long now)
        {
            if (close == null || !AccountDesk.IsLive(close))
            {
                Enter("settling", now);
            }
            else if (now - since >= Patience.Cancel)
            {
                Finish("CLOSE_NOT_FILLED");
            }
        }

        /// <summary>NinjaTrader's flatten waits up to five seconds for cancels and then closes with an order of its own.</summary>
        private void AwaitPlatform(long now)
        {
            if (desk.PositionOf(name) == 0 && desk.LiveOrders(name).Count == 0)
            {
                Enter("settling", now);
            }
            else if (now - since >= Patience.Cancel + Patience.Close)
            {
                Finish("CLOSE_NOT_FILLED");
            }
        }

        /// <summary>The position follows the fill; acting before it has would close it twice.</summary>
        private void AwaitPosition(long now)
        {
            var position = desk.PositionOf(name);
            if (position == 0)
            {
                close = null;
                Enter("cancelling", now);
                return;
            }
            if (now - since < Patience.Settle)
            {
                return;
            }
            desk.ScanExecutions();
            if (!IsExplained(position))
            {
                Finish("POSITION_IN_DOUBT");
                return;
            }
            var turned = Math.Sign(position) != Math.Sign(positionBefore);
            Tell(turned ? "reversalFound" : "residualFound", Words.Text(position) + " contracts");
            close = null;
            Enter("cancelling", now);
        }

        /// <summary>Whether the fills account for what is still shown; if not, another close might turn it.</summary>
        private bool IsExplained(int position)
        {
            var byFills = desk.ByFills(name);
            if (byFills != null)
            {
                return byFills.Value == position;
            }
            var closed = close == null ? 0 : close.Filled;
            return position == positionBefore - Math.Sign(positionBefore) * closed;
        }

        private void Sweep(long now)
        {
            var orders = desk.LiveOrders(name).Count;
            if (orders > 0)
            {
                Tell("lateOrderFound", Words.Text(orders) + " orders");
                Enter("cancelling", now);
                return;
            }
            var position = desk.PositionOf(name);
            if (position != 0)
            {
                Tell("residualFound", Words.Text(position) + " contracts");
                Enter("cancelling", now);
                return;
            }
            if (now - since >= Patience.Sweep)
            {
                Finish(desk.IsSettled(name) ? "FLAT" : "POSITION_IN_DOUBT");
            }
        }

        /// <summary>
        /// Cancels everything but a closing order, each once: a cancel the broker lost is waited out. Gives the number
        /// still live.
        /// </summary>
        private int CancelOthers()
        {
            var others = 0;
            var unsent = new List<Order>();
            foreach (var order in desk.LiveOrders(name))
            {
                if (ReferenceEquals(order, close))
                {
                    continue;
                }
                // One closing order at a time; a second one would turn the position.
                if ((close == null || !AccountDesk.IsLive(close)) && desk.IsClosing(order))
                {
                    close = order;
                    continue;
                }
                others++;
                if (asked.Add(order))
                {
                    unsent.Add(order);
                }
            }
            if (unsent.Count > 0)
            {
                desk.Account.Cancel(unsent);
                Tell("cancelSent", Words.Text(unsent.Count) + " orders");
            }
            return others;
        }

        private void Enter(string next, long now)
        {
            phase = next;
            since = now;
            if (next == "cancelling")
            {
                asked.Clear();
            }
        }

        private void Finish(string code)
        {
            if (ended)
            {
                return;
            }
            ended = true;
            foreach (var run in runs)
            {
                run.Ended(code);
            }
        }

        private void Tell(string step, string detail)
        {
            outbox.Answer("flattenProgress", Messages.Progress(runs[0].CommandId, desk.Name, name, step, detail), null);
        }
    }

    #endregion

    #region Commands: each executed once, answered from what was observed

    /// <summary>Life of one command as the AddOn remembers it.</summary>
    internal sealed class CommandEntry
    {
        internal readonly string CommandId;
        internal readonly string Type;
        internal volatile string State;
        internal volatile string Code = "";

        internal CommandEntry(string commandId, string type, string state)
        {
            CommandId = commandId;
            Type = type;
            State = state;
        }
    }

    /// <summary>Remembers command ids since the start, so that a repeat is answered and not executed.</summary>
    internal sealed class CommandRegister
    {
        private readonly object gate = new object();
        private readonly Dictionary<string, CommandEntry> entries = new Dictionary<string, CommandEntry>(StringComparer.Ordinal);
        private readonly LinkedList<CommandEntry> order = new LinkedList<CommandEntry>();

        /// <summary>Null when the id is new; then it is remembered from here on.</summary>
        internal CommandEntry Seen(string commandId, string type)
        {
            lock (gate)
            {
                CommandEntry known;
                if (entries.TryGetValue(commandId, out known))
                {
                    return known;
                }
                var entry = new CommandEntry(commandId, type, "running");
                entries.Add(commandId, entry);
                order.AddLast(entry);
                if (order.Count > Limits.CommandsRemembered)
                {
                    entries.Remove(order.First.Value.CommandId);
                    order.RemoveFirst();
                }
                return null;
            }
        }

        internal void Mark(string commandId, string state, string code)
        {
            lock (gate)
            {
                CommandEntry entry;
                if (entries.TryGetValue(commandId, out entry))
                {
                    entry.State = state;
                    entry.Code = code;
                }
            }
        }

        internal List<CommandEntry> Newest(int count)
        {
            var newest = new List<CommandEntry>();
            lock (gate)
            {
                for (var node = order.Last; node != null && newest.Count < count; node = node.Previous)
                {
                    newest.Add(node.Value);
                }
            }
            newest.Reverse();
            return newest;
        }
    }

    /// <summary>Takes the app's commands, hands each to the lane of its account, and answers.</summary>
    internal sealed class Commands
    {
        private readonly Platform platform;
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly GuardKeeper guard;
        private readonly Snapshots snapshots;
        private readonly CommandRegister register;
        private readonly Lane guardLane;

        internal Commands(Platform platform, Outbox outbox, Reporter reporter, GuardKeeper guard, Snapshots snapshots)
        {
            this.platform = platform;
            this.outbox = outbox;
            this.reporter = reporter;
            this.guard = guard;
            this.snapshots = snapshots;
            register = snapshots.Register;
            guardLane = new Lane(reporter);
        }

        internal void Handle(AppMessage message)
        {
            if (message.Type == "snapshot")
            {
                snapshots.Send(message.Kind, message.ExecutionsSince, message.CommandId);
                return;
            }
            var known = register.Seen(message.CommandId, message.Type);
            if (known != null)
            {
                Ack(message, "duplicate", null, (known.State + " " + known.Code).Trim());
                return;
            }
            try
            {
                Start(message);
            }
            catch (Exception error)
            {
                reporter.Error("COMMAND_FAILED", error);
                Refuse(message, "INTERNAL", error.Message);
            }
        }

        /// <summary>Answers a command that could not be understood, if its id could: silence would be repeated for ever.</summary>
        internal void RefuseUnread(string frame, BadFrame why)
        {
            try
            {
                var envelope = JsonReader.Read(frame) as Dictionary<string, object>;
                object payload;
                object id;
                if (why.Code != "SCHEMA" || envelope == null || !envelope.TryGetValue("payload", out payload) || !(payload is Dictionary<string, object>))
                {
                    return;
                }
                var commandId = ((Dictionary<string, object>)payload).TryGetValue("commandId", out id) ? id as string : null;
                if (!string.IsNullOrEmpty(commandId) && commandId.Length <= 128 && register.Seen(commandId, "unread") == null)
                {
                    register.Mark(commandId, "refused", "BAD_COMMAND");
                    outbox.Answer("commandAck", Messages.Ack(commandId, "refused", "BAD_COMMAND", why.Message), null);
                }
            }
            catch (BadFrame)
            {
                // Not even JSON: there is nobody to answer.
            }
        }

        private void Start(AppMessage message)
        {
            switch (message.Type)
            {
                case "flatten":
                    Flatten(message);
                    break;
                case "cancelAll":
                    CancelAll(message);
                    break;
                case "cancelOrder":
                    OnDesk(message, CancelOrder);
                    break;
                case "submitOrder":
                    OnDesk(message, Submit);
                    break;
                case "modifyOrder":
                    OnDesk(message, Modify);
                    break;
                case "subscribe":
                    Subscribe(message);
                    break;
                case "unsubscribe":
                    platform.Quotes.Unsubscribe(message.Quotes);
                    Accept(message);
                    register.Mark(message.CommandId, "done", "");
                    break;
                default:
                    guardLane.Post(delegate { SetGuard(message); });
                    break;
            }
        }

        private void Flatten(AppMessage message)
        {
            var desks = InScope(message);
            if (desks == null)
            {
                return;
            }
            platform.Gate.Tick();
            platform.Gate.HoldEntries(message.CommandId, message.Scope, message.HoldEntriesMs);
            Accept(message);
            var run = new FlattenRun(message.CommandId, message.Scope, message.Method, message.Attempt, delegate(List<string> codes) { FlattenEnded(message, desks, codes); });
            foreach (var desk in desks)
            {
                run.Began();
                var one = desk;
                one.Post(delegate { one.Flatten(run); });
                one.LookSoon();
            }
            run.Ended(null);
        }

        private void FlattenEnded(AppMessage message, List<AccountDesk> desks, List<string> codes)
        {
            if (desks.Count == 0)
            {
                Conclude(message, new Outcome("failed", "NOT_CONNECTED", "no account is connected"), new List<Remaining>());
                return;
            }
            List<Remaining> remaining;
            try
            {
                remaining = RemainingIn(desks, message.Scope);
            }
            catch (Exception error)
            {
                reporter.Error("READ_FAILED", error);
                Conclude(message, new Outcome("failed", "PLATFORM_ERROR", error.Message), new List<Remaining>());
                return;
            }
            var failure = codes.Find(delegate(string code) { return code != "FLAT"; });
            var blind = new List<string>();
            foreach (var desk in desks)
            {
                if (!desk.IsConnected)
                {
                    blind.Add(desk.Name + " is not connected");
                }
            }
            if (remaining.Count == 0 && failure == null && blind.Count == 0)
            {
                Conclude(message, new Outcome("done", "FLAT", ""), remaining);
                return;
            }
            var fallback = blind.Count > 0 ? "NOT_CONNECTED" : "NOT_FLAT";
            var kind = codes.Contains("FLAT") ? "partial" : "failed";
            Conclude(message, new Outcome(kind, failure ?? fallback, string.Join("; ", blind.ToArray())), remaining);
        }

        private void CancelAll(AppMessage message)
        {
            var desks = InScope(message);
            if (desks == null)
            {
                return;
            }
            Accept(message);
            var run = new FlattenRun(message.CommandId, message.Scope, "", 1, delegate(List<string> codes)
            {
                var remaining = RemainingIn(desks, message.Scope);
                var late = codes.Contains("CANCEL_TIMED_OUT");
                var blind = codes.Contains("NOT_CONNECTED");
                var outcome = late ? new Outcome("partial", "CANCEL_TIMED_OUT", "some orders are still live") : blind ? new Outcome("partial", "NOT_CONNECTED", "an account is not connected") : new Outcome("done", "CANCELLED", "");
                Conclude(message, outcome, remaining);
            });
            foreach (var desk in desks)
            {
                run.Began();
                var one = desk;
                one.Post(delegate { CancelOn(one, message.Scope, run); });
            }
            run.Ended(null);
        }

        private static void CancelOn(AccountDesk desk, Scope scope, FlattenRun run)
        {
            long began = -1;
            desk.Watch(delegate(long now)
            {
                var isFirst = began < 0;
                began = isFirst ? now : began;
                if (!desk.IsConnected || desk.IsAbandoned)
                {
                    run.Ended("NOT_CONNECTED");
                    return true;
                }
                var live = new List<Order>();
                foreach (var order in desk.LiveOrders(null))
                {
                    var instrument = order.Instrument.FullName;
                    // The closing order of a running flatten is on its way out of the market.
                    if (scope.Has(desk.Name, instrument) && !(desk.IsClosing(order) && desk.IsFlattening(instrument)))
                    {
                        live.Add(order);
                    }
                }
                if (isFirst && live.Count > 0)
                {
                    desk.Account.Cancel(live);
                    return false;
                }
                var late = now - began >= Patience.Observe;
                if (live.Count > 0 && !late)
                {
                    return false;
                }
                run.Ended(live.Count == 0 ? "CANCELLED" : "CANCEL_TIMED_OUT");
                return true;
            });
        }

        private void CancelOrder(AppMessage message, AccountDesk desk)
        {
            var order = desk.FindOrder(message.OrderId);
            if (order == null)
            {
                Refuse(message, "UNKNOWN_ORDER", message.OrderId);
                return;
            }
            Accept(message);
            if (AccountDesk.IsLive(order))
            {
                desk.Account.Cancel(new[] { order });
            }
            Observe(message, desk, delegate(bool late)
            {
                var state = order.OrderState;
                if (state == OrderState.Cancelled)
                {
                    return new Outcome("done", "CANCELLED", "");
                }
                if (!AccountDesk.IsLive(order))
                {
                    return new Outcome("failed", "TOO_LATE", "the order is " + Words.Of(state));
                }
                return late ? new Outcome("failed", "CANCEL_TIMED_OUT", "") : null;
            });
        }

        private void Submit(AppMessage message, AccountDesk desk)
        {
            var instrument = QuoteBoard.Find(message.Instrument);
            if (instrument == null)
            {
                Refuse(message, "UNKNOWN_INSTRUMENT", message.Instrument);
                return;
            }
            var type = message.OrderType;
            var isLimited = type == "limit" || type == "stopLimit";
            var isStopped = type == "stopMarket" || type == "stopLimit";
            if (isLimited != (message.LimitPrice != null) || isStopped != (message.StopPrice != null))
            {
                Refuse(message, "BAD_PRICE", "prices do not fit a " + type + " order");
                return;
            }
            if (!IsOnTick(instrument, message.LimitPrice) || !IsOnTick(instrument, message.StopPrice))
            {
                Refuse(message, "BAD_PRICE", "a price between two ticks");
                return;
            }
            var action = ActionOf(message.Action);
            var quantity = message.Quantity.Value;
            var position = desk.PositionOf(instrument.FullName);
            if (message.ReduceOnly && !EntryGate.Reduces(position, action, quantity))
            {
                Refuse(message, "NOT_REDUCING", "the position is " + Words.Text(position));
                return;
            }
            var forbidden = platform.Gate.Objection(desk, instrument.FullName, action, quantity);
            if (forbidden != null)
            {
                desk.WatchTimeIfNeeded(instrument);
                Refuse(message, "ENTRIES_LOCKED", forbidden.Reason);
                return;
            }
            Accept(message);
            var orderType = type == "market" ? OrderType.Market : type == "limit" ? OrderType.Limit : type == "stopMarket" ? OrderType.StopMarket : OrderType.StopLimit;
            var order = desk.Account.CreateOrder(instrument, action, orderType, OrderEntry.Automated, message.LifeTime == "gtc" ? TimeInForce.Gtc : TimeInForce.Day, quantity, message.LimitPrice ?? 0, message.StopPrice ?? 0, message.Oco, message.Name, Globals.MaxDate, null);
            desk.Account.Submit(new[] { order });
            Observe(message, desk, delegate(bool late) { return Submitted(desk, order, late); });
        }

        private static Outcome Submitted(AccountDesk desk, Order order, bool late)
        {
            var state = order.OrderState;
            if (state == OrderState.Rejected)
            {
                return new Outcome("failed", "REJECTED", desk.WhyRejected(order));
            }
            if (state == OrderState.Cancelled)
            {
                return new Outcome("failed", "CANCELLED", "the order was cancelled");
            }
            // A stop may stay at Accepted for its whole life when a broker's server holds it.
            var isOn = state == OrderState.Working || state == OrderState.PartFilled || state == OrderState.TriggerPending
                || (state == OrderState.Accepted && (order.IsStopMarket || order.IsStopLimit));
            if (state == OrderState.Filled || (isOn && !order.IsMarket))
            {
                return new Outcome("done", Words.Of(state).ToUpperInvariant(), OrderKeys.Of(order));
            }
            return late ? new Outcome("partial", "NOT_CONFIRMED", "the order is " + Words.Of(state)) : null;
        }

        private void Modify(AppMessage message, AccountDesk desk)
        {
            var order = desk.FindOrder(message.OrderId);
            if (order == null)
            {
                Refuse(message, "UNKNOWN_ORDER", message.OrderId);
                return;
            }
            var hasLimit = order.IsLimit || order.IsStopLimit;
            var hasStop = order.IsStopMarket || order.IsStopLimit || order.IsMarketIfTouched;
            if ((message.LimitPrice != null && !hasLimit) || (message.StopPrice != null && !hasStop))
            {
                Refuse(message, "BAD_PRICE", "the order has no such price");
                return;
            }
            if (!IsOnTick(order.Instrument, message.LimitPrice) || !IsOnTick(order.Instrument, message.StopPrice))
            {
                Refuse(message, "BAD_PRICE", "a price between two ticks");
                return;
            }
            var quantity = message.Quantity ?? order.Quantity;
            if (quantity <= order.Filled)
            {
                Refuse(message, "BAD_QUANTITY", Words.Text(order.Filled) + " are filled already");
                return;
            }
            var forbidden = quantity > order.Quantity ? platform.Gate.Objection(desk, order.Instrument.FullName, order.OrderAction, quantity - order.Filled) : null;
            if (forbidden != null)
            {
                Refuse(message, "ENTRIES_LOCKED", forbidden.Reason);
                return;
            }
            Accept(message);
            if (!AccountDesk.IsLive(order))
            {
                Conclude(message, new Outcome("failed", "TOO_LATE", "the order is " + Words.Of(order.OrderState)), new List<Remaining>());
                return;
            }
            var limit = message.LimitPrice ?? order.LimitPrice;
            var stop = message.StopPrice ?? order.StopPrice;
            order.QuantityChanged = quantity;
            order.LimitPriceChanged = limit;
            order.StopPriceChanged = stop;
            desk.Account.Change(new[] { order });
            Observe(message, desk, delegate(bool late) { return Modified(order, quantity, limit, stop, late); });
        }

        /// <summary>The state alone proves nothing: a refused change is Working again, with the old prices.</summary>
        private static Outcome Modified(Order order, int quantity, double limit, double stop, bool late)
        {
            var state = order.OrderState;
            var isPending = state == OrderState.ChangePending || state == OrderState.ChangeSubmitted;
            var master = order.Instrument.MasterInstrument;
            var isChanged = order.Quantity == quantity && master.Compare(order.LimitPrice, limit) == 0 && master.Compare(order.StopPrice, stop) == 0;
            if (isChanged && !isPending)
            {
                return new Outcome("done", "CHANGED", "");
            }
            if (!AccountDesk.IsLive(order))
            {
                return new Outcome("failed", "TOO_LATE", "the order is " + Words.Of(state));
            }
            return late ? new Outcome("failed", "NOT_CONFIRMED", "the order is " + Words.Of(state)) : null;
        }

        private void Subscribe(AppMessage message)
        {
            platform.Quotes.Subscribe(message.Quotes, message.Bars, delegate(string missing)
            {
                if (missing != null)
                {
                    Refuse(message, "UNKNOWN_INSTRUMENT", missing);
                    return;
                }
                Accept(message);
                register.Mark(message.CommandId, "done", "");
            }, delegate(Exception error)
            {
                reporter.Error("SUBSCRIBE_FAILED", error);
                Refuse(message, "INTERNAL", error.Message);
            });
        }

        private void SetGuard(AppMessage message)
        {
            var held = guard.State;
            if (message.Guard.Revision < held.Revision || (message.Guard.Revision == held.Revision && !message.Guard.IsSame(held)))
            {
                Refuse(message, "BAD_COMMAND", "revision " + Words.Text(held.Revision) + " is in force");
                // Whoever was refused does not know what is.
                platform.TellGuard();
                return;
            }
            Accept(message);
            var kept = guard.Replace(message.Guard);
            var outcome = kept ? new Outcome("done", "KEPT", "") : new Outcome("partial", "NOT_KEPT", "the guard holds until NinjaTrader closes; it could not be written to disk");
            Conclude(message, outcome, new List<Remaining>());
        }

        /// <summary>Runs a command of one account on that account's lane.</summary>
        private void OnDesk(AppMessage message, Action<AppMessage, AccountDesk> run)
        {
            var desk = Known(message, message.Account);
            if (desk == null)
            {
                return;
            }
            desk.Post(delegate
            {
                try
                {
                    run(message, desk);
                }
                catch (Exception error)
                {
                    reporter.Error("COMMAND_FAILED", error);
                    Conclude(message, new Outcome("failed", "PLATFORM_ERROR", error.Message), new List<Remaining>());
                }
            });
        }

        /// <summary>Looks at every pulse until there is something to say, at the latest after five seconds.</summary>
        private void Observe(AppMessage message, AccountDesk desk, Func<bool, Outcome> look)
        {
            long began = -1;
            desk.Watch(delegate(long now)
            {
                began = began < 0 ? now : began;
                var outcome = look(now - began >= Patience.Observe);
                if (outcome == null && desk.IsAbandoned)
                {
                    outcome = new Outcome("failed", "NOT_CONNECTED", "the account's connection was replaced");
                }
                if (outcome == null)
                {
                    return false;
                }
                Conclude(message, outcome, new List<Remaining>());
                return true;
            });
        }

        /// <summary>The accounts of a scope; null after a refusal.</summary>
        private List<AccountDesk> InScope(AppMessage message)
        {
            if (message.Scope.Account == null)
            {
                return new List<AccountDesk>(platform.Desks);
            }
            var desk = Known(message, message.Scope.Account);
            return desk == null ? null : new List<AccountDesk> { desk };
        }

        private AccountDesk Known(AppMessage message, string account)
        {
            var desk = platform.Desk(account);
            if (desk == null)
            {
                Refuse(message, "UNKNOWN_ACCOUNT", account);
                return null;
            }
            if (!desk.IsConnected)
            {
                Refuse(message, "NOT_CONNECTED", account);
                return null;
            }
            return desk;
        }

        private static List<Remaining> RemainingIn(List<AccountDesk> desks, Scope scope)
        {
            var remaining = new List<Remaining>();
            foreach (var desk in desks)
            {
                desk.AddRemaining(scope, remaining);
            }
            return remaining;
        }

        private static OrderAction ActionOf(string word)
        {
            switch (word)
            {
                case "buy":
                    return OrderAction.Buy;
                case "buyToCover":
                    return OrderAction.BuyToCover;
                case "sell":
                    return OrderAction.Sell;
                default:
                    return OrderAction.SellShort;
            }
        }

        private static bool IsOnTick(Instrument instrument, double? price)
        {
            var master = instrument.MasterInstrument;
            return price == null || Math.Abs(master.RoundToTickSize(price.Value) - price.Value) < master.TickSize / 1000;
        }

        private void Accept(AppMessage message)
        {
            Ack(message, "accepted", null, "");
        }

        private void Refuse(AppMessage message, string code, string detail)
        {
            register.Mark(message.CommandId, "refused", code);
            Ack(message, "refused", code, detail);
        }

        private void Ack(AppMessage message, string status, string code, string detail)
        {
            outbox.Answer("commandAck", Messages.Ack(message.CommandId, status, code, detail), message.Id);
        }

        private void Conclude(AppMessage message, Outcome outcome, List<Remaining> remaining)
        {
            register.Mark(message.CommandId, outcome.Kind == "done" ? "done" : "failed", outcome.Code);
            outbox.Answer("commandResult", Messages.Result(message.CommandId, outcome, remaining), message.Id);
        }
    }

    #endregion

    #region Snapshots: the whole picture, in parts

    /// <summary>Reads everything NinjaTrader shows and sends it as one snapshot whose parts follow each other.</summary>
    internal sealed class Snapshots
    {
        internal readonly CommandRegister Register = new CommandRegister();
        private static readonly string[] kinds = { "accounts", "accountItems", "connections", "instruments", "orders", "executions", "positions", "commands" };
        private readonly Platform platform;
        private readonly Outbox outbox;
        private readonly Reporter reporter;
        private readonly Lane lane;
        private long count;

        internal Snapshots(Platform platform, Outbox outbox, Reporter reporter)
        {
            this.platform = platform;
            this.outbox = outbox;
            this.reporter = reporter;
            lane = new Lane(reporter);
        }

        /// <summary>The one that opens a session, unasked.</summary>
        internal void SendFirst()
        {
            Send("full", null, null);
        }

        internal void Send(string kind, long? executionsSince, string commandId)
        {
            lane.Post(delegate { Build(kind, executionsSince, commandId); });
        }

        private void Build(string kind, long? executionsSince, string commandId)
        {
            var session = outbox.Session;
            var asOf = outbox.LastSeq;
            var isFull = kind == "full";
            var content = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var name in kinds)
            {
                content[name] = new List<string>();
            }
            var instruments = new Dictionary<string, Instrument>(StringComparer.Ordinal);
            foreach (var desk in platform.Desks)
            {
                ReadDesk(desk, isFull, executionsSince, content, instruments);
            }
            foreach (var connection in Platform.Connections())
            {
                var options = connection.Options;
                if (options != null && !string.IsNullOrEmpty(options.Name))
                {
                    content["connections"].Add(Messages.ConnectionOf(options.Name, connection, connection.Status, connection.PriceStatus, "", ""));
                }
            }
            foreach (var feed in platform.Quotes.Feeds)
            {
                instruments[feed.Name] = feed.Instrument;
            }
            if (isFull)
            {
                foreach (var instrument in instruments.Values)
                {
                    content["instruments"].Add(Messages.InstrumentOf(instrument));
                }
            }
            foreach (var entry in Register.Newest(Limits.CommandsTold))
            {
                content["commands"].Add(new JsonWriter().Open()
                    .Field("commandId", entry.CommandId)
                    .Field("type", entry.Type)
                    .Field("state", entry.State)
                    .Field("code", Words.Cut(entry.Code, 60))
                    .Close().ToString());
            }
            var id = "snap-" + Words.Text(Interlocked.Increment(ref count));
            outbox.Snapshot(Parts(id, kind, asOf, content), commandId, new List<Instrument>(instruments.Values), session);
        }

        /// <summary>
        /// Reads one account. An entry that cannot be written is left out, and with it the account itself: what is missing
        /// of an account that is not listed proves nothing.
        /// </summary>
        private void ReadDesk(AccountDesk desk, bool isFull, long? executionsSince, Dictionary<string, List<string>> content, Dictionary<string, Instrument> instruments)
        {
            var isWhole = true;
            if (isFull)
            {
                foreach (var execution in desk.Executions())
                {
                    if (executionsSince == null || Times.Of(execution.Time) >= executionsSince.Value)
                    {
                        var one = execution;
                        Read(content["executions"], execution.Instrument, instruments, delegate { return Messages.ExecutionOf(desk.Name, one); });
                    }
                }
            }
            var ended = new List<Order>();
            foreach (var order in desk.Orders())
            {
                if (order.Instrument == null)
                {
                    continue;
                }
                var one = order;
                if (!AccountDesk.IsLive(order))
                {
                    ended.Add(order);
                }
                else if (!Read(content["orders"], order.Instrument, instruments, delegate { return Messages.OrderOf(desk.Name, one); }))
                {
                    isWhole = false;
                }
            }
            for (var i = Math.Max(0, ended.Count - Limits.EndedOrdersTold); isFull && i < ended.Count; i++)
            {
                var one = ended[i];
                Read(content["orders"], one.Instrument, instruments, delegate { return Messages.OrderOf(desk.Name, one); });
            }
            foreach (var position in desk.Positions())
            {
                var quantity = position.Instrument == null ? 0 : AccountDesk.Signed(position);
                var one = position;
                if (quantity != 0 && !Read(content["positions"], position.Instrument, instruments, delegate { return Messages.PositionOf(desk.Name, one.Instrument.FullName, quantity, one.AveragePrice, Times.Now()); }))
                {
                    isWhole = false;
                }
            }
            var time = Times.Now();
            foreach (var item in desk.Items())
            {
                content["accountItems"].Add(Messages.Item(desk.Name, item, desk.Figure(item), time));
            }
            if (isWhole)
            {
                // Read last, so that the count is never smaller than what the list above holds.
                content["accounts"].Add(desk.Describe());
            }
        }

        private bool Read(List<string> entries, Instrument instrument, Dictionary<string, Instrument> instruments, Func<string> write)
        {
            try
            {
                if (!Messages.HasTerms(instrument))
                {
                    throw new UnwritableFigure("the terms of a contract");
                }
                entries.Add(write());
                instruments[instrument.FullName] = instrument;
                return true;
            }
            catch (Exception error)
            {
                reporter.Error("ENTRY_UNWRITABLE", error);
                return false;
            }
        }

        /// <summary>Cuts the content into parts that stay below the limits of entries and of a frame.</summary>
        private static List<string> Parts(string id, string kind, long asOf, Dictionary<string, List<string>> content)
        {
            var bodies = new List<Dictionary<string, List<string>>>();
            var body = NewBody(bodies);
            var bytes = 0;
            foreach (var name in kinds)
            {
                foreach (var entry in content[name])
                {
                    var size = Encoding.UTF8.GetByteCount(entry);
                    if (body[name].Count >= Limits.SnapshotEntries || bytes + size > Limits.SnapshotPartBytes)
                    {
                        body = NewBody(bodies);
                        bytes = 0;
                    }
                    body[name].Add(entry);
                    bytes += size;
                }
            }
            var parts = new List<string>();
            for (var i = 0; i < bodies.Count; i++)
            {
                var json = new JsonWriter().Open()
                    .Field("snapshotId", id)
                    .Field("kind", kind)
                    .Field("asOfSeq", asOf)
                    .Field("part", i + 1)
                    .Field("parts", bodies.Count);
                foreach (var name in kinds)
                {
                    json.OpenList(name);
                    foreach (var entry in bodies[i][name])
                    {
                        json.Entry(entry);
                    }
                    json.CloseList();
                }
                parts.Add(json.Close().ToString());
            }
            return parts;
        }

        private static Dictionary<string, List<string>> NewBody(List<Dictionary<string, List<string>>> bodies)
        {
            var body = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var name in kinds)
            {
                body[name] = new List<string>();
            }
            bodies.Add(body);
            return body;
        }
    }

    #endregion
}
