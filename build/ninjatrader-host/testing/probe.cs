using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;
using NinjaTrader.Code;
using NinjaTrader.Core;
using NinjaTrader.Data;
using NinjaTrader.NinjaScript;

namespace NinjaTrader.NinjaScript.AddOns
{
    // A small AddOn that writes down what it is told. The file probe.txt in the user folder names its vices.
    public class ProbeAddOn : AddOnBase
    {
        readonly object gate = new object();
        readonly List<Account> watched = new List<Account>();
        Instrument quoted;
        string[] vices = new string[0];
        bool isStarted;

        protected override void OnStateChange()
        {
            Say("state " + State);
            if (State == State.SetDefaults) Name = "Probe";
            else if (State == State.Configure || State == State.Active) Start();
            else if (State == State.Terminated) Stop();
        }

        protected override void OnWindowCreated(System.Windows.Window window)
        {
            Say("window " + window.GetType().Name);
            foreach (var word in Words()) Act(word);
        }

        // What the words after "do" in probe.txt ask for, each time that a window opens.
        void Act(string word)
        {
            var es = Instrument.GetInstrument("ES 12-26");
            if (word == "do flattenEverything") Account.FlattenEverything();
            if (word == "do cancelEs") Sim().CancelAllOrders(es);
            if (word == "do flattenEs") Sim().Flatten(new[] { es });
            if (word == "do submit") SubmitAndReturn();
            if (word == "do submitHolding") lock (gate) SubmitAndReturn();
            if (word == "do items") SayItems();
            if (word == "do bars") SayBars(es);
            if (word.StartsWith("do socket ", StringComparison.Ordinal)) UseSocket(word.Substring(10));
        }

        static string[] Words()
        {
            var file = Path.Combine(Globals.UserDataDir, "probe.txt");
            return File.Exists(file) ? File.ReadAllLines(file) : new string[0];
        }

        void Start()
        {
            if (isStarted) return;
            isStarted = true;
            vices = Words();
            Connection.ConnectionStatusUpdate += OnConnection;
            Say("subscribed");
            Account.AccountStatusUpdate += OnAccountStatus;
            Look();
            if (vices.Contains("readUnlocked")) ReadUnlocked();
            if (vices.Contains("submitUnderLock")) SubmitUnderLock();
            if (vices.Contains("subscribeUnderLock")) SubscribeUnderLock();
            if (vices.Contains("quotes")) SubscribeQuotes();
        }

        void Stop()
        {
            if (!isStarted) return;
            Account.AccountStatusUpdate -= OnAccountStatus;
            if (!vices.Contains("leak")) Connection.ConnectionStatusUpdate -= OnConnection;
            foreach (var account in watched) Leave(account);
            if (quoted != null) quoted.MarketData.Update -= OnQuote;
            if (vices.Contains("leaveStranger")) Instrument.GetInstrument("NQ 12-26").MarketData.Update -= OnQuote;
        }

        void Look()
        {
            Account[] present;
            lock (Account.All) present = Account.All.ToArray();
            Say("accounts " + string.Join(",", present.Select(each => each.Name + ":" + each.ConnectionStatus)));
            foreach (var account in present)
            {
                lock (gate)
                {
                    if (account.Connection == null || watched.Contains(account)) continue;
                    watched.Add(account);
                }
                account.OrderUpdate += OnOrder;
                account.ExecutionUpdate += OnExecution;
                account.PositionUpdate += OnPosition;
                account.AccountItemUpdate += OnItem;
            }
        }

        void Leave(Account account)
        {
            account.OrderUpdate -= OnOrder;
            account.ExecutionUpdate -= OnExecution;
            account.PositionUpdate -= OnPosition;
            account.AccountItemUpdate -= OnItem;
        }

        void OnConnection(object sender, ConnectionStatusEventArgs e)
        {
            Say("connection " + e.Connection.Options.Name + " " + e.PreviousStatus + ">" + e.Status + " " + e.Error);
        }

        void OnAccountStatus(object sender, AccountStatusEventArgs e)
        {
            Say("account " + e.Account.Name + " " + e.Status);
            Look();
        }

        void OnOrder(object sender, OrderEventArgs e)
        {
            if (vices.Contains("slow")) Thread.Sleep(150);
            if (vices.Contains("takeGate")) lock (gate) Say("in the gate");
            if (vices.Contains("throw")) throw new InvalidOperationException("no");
            Say("order " + e.Order.Name + " " + e.OrderState + " " + e.Error + " " + e.LimitPrice.ToString(CultureInfo.InvariantCulture)
                + " " + e.StopPrice.ToString(CultureInfo.InvariantCulture) + " " + e.Comment + " @" + Thread.CurrentThread.Name + " " + e.Time.Kind);
        }

        void OnExecution(object sender, ExecutionEventArgs e)
        {
            Say("execution " + e.MarketPosition + " " + e.Quantity + " order=" + (e.Execution.Order == null ? "null" : e.Execution.Order.Name)
                + " entry=" + e.Execution.IsEntry + " " + e.Time.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        }

        void OnPosition(object sender, PositionEventArgs e)
        {
            Say("position " + e.Operation + " " + e.MarketPosition + " " + e.Quantity + " listed=" + Listed(e.Position));
        }

        void OnItem(object sender, AccountItemEventArgs e)
        {
            Say("item " + e.AccountItem + " " + e.Value.ToString(CultureInfo.InvariantCulture));
        }

        void OnQuote(object sender, MarketDataEventArgs e)
        {
            Say("quote " + e.MarketDataType + " " + e.Price.ToString(CultureInfo.InvariantCulture) + " reset=" + e.IsReset);
        }

        static bool Listed(Position position)
        {
            lock (position.Account.Positions) return position.Account.Positions.Contains(position);
        }

        void ReadUnlocked()
        {
            try
            {
                foreach (var account in Account.All) Say(account.Name);
            }
            catch (InvalidOperationException error)
            {
                Say("thrown " + error.Message);
            }
        }

        void SubmitUnderLock()
        {
            var account = Sim();
            var order = Market(account);
            lock (account.Orders) account.Submit(new[] { order });
        }

        void SubscribeUnderLock()
        {
            var account = Sim();
            lock (Account.All)
            {
                account.OrderUpdate += OnItemless;
                account.OrderUpdate -= OnItemless;
            }
        }

        static void SubmitAndReturn()
        {
            Sim().Submit(new[] { Market(Sim()) });
            Say("submit returned");
        }

        static void SayItems()
        {
            Account[] present;
            lock (Account.All) present = Account.All.ToArray();
            foreach (var account in present)
            {
                if (account.Connection == null) continue;
                Say("unset " + account.Get(AccountItem.BuyingPower, Currency.UsDollar).ToString(CultureInfo.InvariantCulture)
                    + " cash " + account.Get(AccountItem.CashValue, Currency.UsDollar).ToString(CultureInfo.InvariantCulture));
                Say("lists " + account.Name + " " + string.Join(",", account.Connection.AccountItems));
            }
        }

        static void SayBars(Instrument instrument)
        {
            var request = new BarsRequest(instrument, 3);
            request.BarsPeriod = new BarsPeriod();
            request.BarsPeriod.BarsPeriodType = BarsPeriodType.Minute;
            request.BarsPeriod.Value = 1;
            request.BarsPeriod.MarketDataType = MarketDataType.Last;
            request.Request((answered, error, text) => Say("bars " + answered.Bars.Count + " " + error));
        }

        static void UseSocket(string address)
        {
            var socket = new System.Net.WebSockets.ClientWebSocket();
            try
            {
                socket.Options.SetRequestHeader("User-Agent", "probe");
            }
            catch (ArgumentException)
            {
                Say("header refused");
            }
            socket.ConnectAsync(new Uri(address), CancellationToken.None).Wait();
            var large = new ArraySegment<byte>(new byte[64 * 1024 * 1024]);
            var type = System.Net.WebSockets.WebSocketMessageType.Binary;
            var first = socket.SendAsync(large, type, true, CancellationToken.None);
            try
            {
                socket.SendAsync(large, type, true, CancellationToken.None).Wait();
            }
            catch (AggregateException error)
            {
                Say("second send " + error.InnerException.GetType().Name);
            }
            first.Wait();
            socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).Wait();
            Say("sent");
        }

        void SubscribeQuotes()
        {
            quoted = Instrument.GetInstrument("ES 12-26");
            Say("known " + (quoted.MarketData.Last == null ? "nothing" : "last"));
            quoted.MarketData.Update += OnQuote;
        }

        void OnItemless(object sender, OrderEventArgs e) { }

        static Order Market(Account account)
        {
            return account.CreateOrder(Instrument.GetInstrument("ES 12-26"), OrderAction.Buy, OrderType.Market, OrderEntry.Automated,
                TimeInForce.Day, 1, 0, 0, string.Empty, "Probe", Globals.MaxDate, null);
        }

        static Account Sim()
        {
            lock (Account.All) return Account.All.First(each => each.Name == "Sim101");
        }

        static void Say(string text)
        {
            Output.Process(text, PrintTo.OutputTab1);
        }
    }
}
