using System;
using System.Collections.Generic;
using System.Net;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace NinjaTraderHost
{
    /**
     * Stands in for ClientWebSocket in the tests' copy of the AddOn. Mono permits two sends at once and restricted
     * headers; .NET Framework does not. This one refuses them as .NET Framework would, and remembers that it had to.
     */
    public sealed class WatchedWebSocket : WebSocket
    {
        readonly ClientWebSocket real = new ClientWebSocket();
        readonly WatchedWebSocketOptions options;
        int sending;
        int receiving;
        int connects;

        public WatchedWebSocket() { options = new WatchedWebSocketOptions(real.Options); }

        public WatchedWebSocketOptions Options { get { return options; } }
        public override WebSocketCloseStatus? CloseStatus { get { return real.CloseStatus; } }
        public override string CloseStatusDescription { get { return real.CloseStatusDescription; } }
        public override WebSocketState State { get { return real.State; } }
        public override string SubProtocol { get { return real.SubProtocol; } }

        public Task ConnectAsync(Uri uri, CancellationToken token)
        {
            if (Interlocked.Increment(ref connects) > 1)
            {
                Violations.Record("socketReused", "ConnectAsync twice on one ClientWebSocket");
                throw new InvalidOperationException("The WebSocket has already been started.");
            }
            return real.ConnectAsync(uri, token);
        }

        public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType type, bool end, CancellationToken token)
        {
            Enter(ref sending, "SendAsync");
            try { await real.SendAsync(buffer, type, end, token).ConfigureAwait(false); }
            finally { Interlocked.Decrement(ref sending); }
        }

        public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken token)
        {
            Enter(ref receiving, "ReceiveAsync");
            try { return await real.ReceiveAsync(buffer, token).ConfigureAwait(false); }
            finally { Interlocked.Decrement(ref receiving); }
        }

        public override async Task CloseAsync(WebSocketCloseStatus status, string description, CancellationToken token)
        {
            Enter(ref sending, "CloseAsync");
            try { await real.CloseAsync(status, description, token).ConfigureAwait(false); }
            finally { Interlocked.Decrement(ref sending); }
        }

        public override async Task CloseOutputAsync(WebSocketCloseStatus status, string description, CancellationToken token)
        {
            Enter(ref sending, "CloseOutputAsync");
            try { await real.CloseOutputAsync(status, description, token).ConfigureAwait(false); }
            finally { Interlocked.Decrement(ref sending); }
        }

        public override void Abort() { real.Abort(); }

        public override void Dispose() { real.Dispose(); }

        static void Enter(ref int running, string call)
        {
            if (Interlocked.Increment(ref running) == 1) return;
            Interlocked.Decrement(ref running);
            Violations.Record("overlappingCall", call + " while another of its direction is outstanding");
            throw new InvalidOperationException("There is already one outstanding '" + call + "' call for this WebSocket instance.");
        }
    }

    public sealed class WatchedWebSocketOptions
    {
        static readonly HashSet<string> restricted = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "Accept", "Connection", "Content-Length", "Content-Type", "Date", "Expect", "Host", "If-Modified-Since",
            "Proxy-Connection", "Range", "Referer", "Transfer-Encoding", "User-Agent"
        };

        readonly ClientWebSocketOptions real;

        internal WatchedWebSocketOptions(ClientWebSocketOptions real) { this.real = real; }

        public TimeSpan KeepAliveInterval { get { return real.KeepAliveInterval; } set { real.KeepAliveInterval = value; } }
        public IWebProxy Proxy { get { return real.Proxy; } set { real.Proxy = value; } }
        public ICredentials Credentials { get { return real.Credentials; } set { real.Credentials = value; } }
        public CookieContainer Cookies { get { return real.Cookies; } set { real.Cookies = value; } }
        public bool UseDefaultCredentials { get { return real.UseDefaultCredentials; } set { real.UseDefaultCredentials = value; } }

        public void AddSubProtocol(string name) { real.AddSubProtocol(name); }

        public void SetBuffer(int receive, int send) { real.SetBuffer(receive, send); }

        public void SetRequestHeader(string name, string value)
        {
            if (restricted.Contains(name))
            {
                Violations.Record("restrictedHeader", name);
                throw new ArgumentException("This header must be modified using the appropriate property or method.", "name");
            }
            real.SetRequestHeader(name, value);
        }
    }
}
