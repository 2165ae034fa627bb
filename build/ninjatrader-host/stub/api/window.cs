using System;
using System.Threading.Tasks;
using NinjaTraderHost;

namespace System.Windows
{
    /** NinjaTrader's windows live on several UI threads; each stub window has a thread of its own. */
    public class Window
    {
        internal Window() { Dispatcher = new Threading.Dispatcher("window"); }

        public Threading.Dispatcher Dispatcher { get; private set; }
    }
}

namespace System.Windows.Threading
{
    /** A UI thread with a queue. */
    public class Dispatcher
    {
        readonly Worker worker;

        internal Dispatcher(string name) { worker = new Worker(name); }

        public bool HasShutdownStarted { get; private set; }

        internal Worker Worker { get { return worker; } }

        public bool CheckAccess() { return worker.IsCurrent; }

        public void Invoke(Action action) { worker.Ask<object>(() => { action(); return null; }); }

        public Task InvokeAsync(Action action)
        {
            var done = new TaskCompletionSource<object>();
            worker.Post(() =>
            {
                try { action(); done.SetResult(null); }
                catch (Exception error) { done.SetException(error); }
            });
            return done.Task;
        }

        public Task BeginInvoke(Delegate method, params object[] args)
        {
            return InvokeAsync(() => method.DynamicInvoke(args));
        }
    }
}

namespace NinjaTrader.Gui
{
    public class ControlCenter : System.Windows.Window
    {
        internal ControlCenter() { }
    }
}
