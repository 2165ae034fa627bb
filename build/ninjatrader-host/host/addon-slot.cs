using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Windows;
using NinjaTrader.Gui;
using NinjaTrader.NinjaScript;

namespace NinjaTraderHost
{
    /** Loads the AddOn as often as asked, and takes its instances through NinjaTrader's life-cycle. */
    internal sealed class AddOnSlot
    {
        const double SlowTerminateMs = 2000;
        readonly string file;
        readonly List<Window> windows = new List<Window>();
        int generation;
        Assembly assembly;
        AddOnBase running;

        internal AddOnSlot(string file) { this.file = file; }

        internal bool IsRunning { get { return running != null; } }
        internal string AssemblyName { get { return assembly == null ? null : assembly.GetName().Name; } }

        /** What NinjaTrader builds at each compile only to read the name: SetDefaults, then Terminated. */
        internal void ThrowAway()
        {
            var instance = Make();
            instance.Enter(State.SetDefaults);
            instance.Enter(State.Terminated);
        }

        internal void Start(int windowCount)
        {
            if (running != null) throw new StepFault("the AddOn is running");
            running = Make();
            running.Enter(State.SetDefaults);
            running.Enter(State.Configure);
            running.Enter(State.Active);
            while (windows.Count < windowCount) windows.Add(windows.Count == 0 ? new ControlCenter() : new Window());
            foreach (var window in windows) Show(window);
        }

        internal void OpenWindow()
        {
            var window = windows.Count == 0 ? new ControlCenter() : new Window();
            windows.Add(window);
            Show(window);
        }

        internal void CloseWindow()
        {
            if (windows.Count == 0) throw new StepFault("no window is open");
            var window = windows[windows.Count - 1];
            windows.Remove(window);
            var instance = running;
            if (instance != null) window.Dispatcher.Invoke(() => instance.CloseWindow(window));
        }

        /** As a dialog does that waits for its button. */
        internal void HoldWindows(int ms)
        {
            foreach (var window in windows) window.Dispatcher.Worker.Post(() => Thread.Sleep(ms));
        }

        /** On a UI thread, as it was seen. @returns milliseconds, and the events it still listens to. */
        internal Map Terminate()
        {
            if (running == null) throw new StepFault("the AddOn is not running");
            var instance = running;
            running = null;
            var watch = Stopwatch.StartNew();
            NinjaTrader.Core.Globals.RandomDispatcher.Invoke(() => instance.Enter(State.Terminated));
            var ms = watch.Elapsed.TotalMilliseconds;
            if (ms > SlowTerminateMs) Violations.Record("slowTerminate", "Terminated took " + (long)ms + " ms");
            var held = EventHub.HeldBy(instance.GetType().Assembly);
            foreach (var name in held) Violations.Record("handlerLeft", name + " still has a handler of the terminated AddOn");
            return new Map { { "terminateMs", ms }, { "handlersLeft", held } };
        }

        internal Map HotReload(int gapMs)
        {
            var answer = Terminate();
            assembly = null;
            Thread.Sleep(gapMs);
            ThrowAway();
            Start(windows.Count);
            answer["assembly"] = AssemblyName;
            return answer;
        }

        AddOnBase Make()
        {
            if (assembly == null) assembly = Load();
            var type = assembly.GetTypes().FirstOrDefault(each => typeof(AddOnBase).IsAssignableFrom(each) && !each.IsAbstract);
            if (type == null) throw new StepFault("no class in " + file + " derives from AddOnBase");
            return (AddOnBase)Activator.CreateInstance(type);
        }

        /** Under a name of its own each time: a runtime gives the same name the assembly that it has. */
        Assembly Load()
        {
            if (file == null) throw new StepFault("the host was started without --addon");
            var bytes = File.ReadAllBytes(file);
            var name = Path.GetFileNameWithoutExtension(file);
            if (!name.EndsWith("0000", StringComparison.Ordinal)) throw new StepFault("the AddOn's file name must end with 0000");
            generation += 1;
            var renamed = name.Substring(0, name.Length - 4) + generation.ToString("0000", CultureInfo.InvariantCulture);
            Replace(bytes, Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(renamed));
            return Assembly.Load(bytes);
        }

        void Show(Window window)
        {
            var instance = running;
            if (instance != null) window.Dispatcher.Invoke(() => instance.ShowWindow(window));
        }

        static void Replace(byte[] bytes, byte[] from, byte[] to)
        {
            for (var at = 0; at <= bytes.Length - from.Length; at += 1)
            {
                var isHere = true;
                for (var index = 0; index < from.Length && isHere; index += 1) isHere = bytes[at + index] == from[index];
                if (isHere) Array.Copy(to, 0, bytes, at, to.Length);
            }
        }
    }
}
