using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace NinjaTraderHost
{
    /** Obeys commands from standard input, or those of a scenario file; see README.md. */
    internal static class Program
    {
        static readonly object outputGate = new object();
        static readonly Dictionary<string, Func<Step, Map>> steps = new Dictionary<string, Func<Step, Map>>();
        static readonly HashSet<string> inBackground = new HashSet<string> { "flood", "ticks", "settle" };
        static TextWriter output;

        static int Main(string[] args)
        {
            output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
            try { return Run(Options.Parse(args)); }
            catch (StepFault fault)
            {
                Console.Error.WriteLine(fault.Message);
                return 2;
            }
        }

        static int Run(Options options)
        {
            if (options.Calls != null)
            {
                Tell(CallList.Of(options.Calls));
                return 0;
            }
            Directory.CreateDirectory(options.UserData);
            NinjaTrader.Core.Globals.UserDataDir = options.UserData + Path.DirectorySeparatorChar;
            NinjaTrader.Core.Globals.InstallDir = options.UserData;
            TaskScheduler.UnobservedTaskException += (sender, args) =>
                Violations.Record("unobservedTask", args.Exception.GetBaseException().Message);
            AppDomain.CurrentDomain.UnhandledException += (sender, args) =>
                Tell(new Map { { "event", "crash" }, { "detail", Convert.ToString(args.ExceptionObject) } });
            Violations.Found += violation =>
            {
                var line = Reports.Violation(violation);
                line["event"] = "violation";
                Tell(line);
            };
            OutputLines.Added += line => Tell(new Map { { "event", "output" }, { "where", line.Where }, { "text", line.Text } });
            MachineWatch.Start();
            World.Begin();
            var slot = new AddOnSlot(options.AddOn);
            PlatformSteps.Add(steps, slot);
            MarketSteps.Add(steps);
            TradingSteps.Add(steps);
            ReportSteps.Add(steps);
            HistorySteps.Add(steps);
            FloodSteps.Add(steps);
            Tell(new Map { { "event", "ready" } });
            return options.Scenario == null ? Obey(Console.In) : Scenario.Play(options.Scenario, Carry);
        }

        static int Obey(TextReader input)
        {
            for (var line = input.ReadLine(); line != null; line = input.ReadLine())
            {
                if (line.Trim().Length == 0) continue;
                Step step;
                try { step = Step.Parse(line); }
                catch (Exception error)
                {
                    Tell(new Map { { "id", 0 }, { "ok", false }, { "error", error.Message } });
                    continue;
                }
                if (step.Has("do") && inBackground.Contains(step.Do)) new Thread(() => Carry(step)) { IsBackground = true, Name = step.Do }.Start();
                else Carry(step);
            }
            return 0;
        }

        static bool Carry(Step step)
        {
            var answer = new Map { { "id", step.Id } };
            try
            {
                Func<Step, Map> action;
                if (!steps.TryGetValue(step.Do, out action)) throw new StepFault("there is no step \"" + step.Do + "\"");
                answer["ok"] = true;
                foreach (var member in action(step) ?? new Map()) answer[member.Key] = member.Value;
            }
            catch (Exception error)
            {
                answer = new Map { { "id", step.Id }, { "ok", false }, { "error", error is StepFault ? error.Message : error.ToString() } };
            }
            Tell(answer);
            return (bool)answer["ok"];
        }

        static void Tell(Map line)
        {
            var text = JsonText.Of(line);
            lock (outputGate) output.WriteLine(text);
        }
    }

    internal sealed class Options
    {
        internal string AddOn;
        internal string UserData;
        internal string Scenario;
        /** An assembly whose calls are listed, and nothing else is done. */
        internal string Calls;

        internal static Options Parse(string[] args)
        {
            var options = new Options();
            for (var index = 0; index < args.Length; index += 2)
            {
                if (index + 1 >= args.Length) throw new StepFault(args[index] + " needs a value");
                var value = args[index + 1];
                switch (args[index])
                {
                    case "--addon": options.AddOn = value; break;
                    case "--user-data": options.UserData = value; break;
                    case "--scenario": options.Scenario = value; break;
                    case "--calls": options.Calls = value; break;
                    case "--zone": PlatformClock.Zone = PlatformClock.FindZone(value); break;
                    default: throw new StepFault("unknown option " + args[index]);
                }
            }
            if (options.UserData == null && options.Calls == null) throw new StepFault("--user-data <folder> is needed");
            return options;
        }
    }
}
