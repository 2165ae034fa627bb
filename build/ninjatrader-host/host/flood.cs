using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /**
     * Many events of mixed kinds: nine of ten are quotes and account figures, the rest orders that live through
     * everything from Submitted to the position they make. Deterministic by its seed, up to the threads' interleaving.
     */
    internal sealed class Flood
    {
        const int SliceMs = 5;
        const int LongestQueue = 2000;
        readonly Account[] accounts;
        readonly Instrument[] instruments;
        readonly PriceWalk[] walks;
        readonly Random random;
        readonly double tradeShare;
        readonly int itemShare;

        internal Flood(Step step)
        {
            var seed = step.Whole("seed", 1);
            var names = step.Texts("accounts");
            accounts = names.Length > 0 ? names.Select(World.AccountOf).ToArray() : World.Accounts.Where(each => each.Broker.IsUp).ToArray();
            var contracts = step.Texts("instruments");
            if (contracts.Length == 0) contracts = new[] { "ES 12-26" };
            instruments = contracts.Select(name => Instrument.GetInstrument(name)).ToArray();
            if (instruments.Any(each => each == null)) throw new StepFault("one of the instruments does not exist");
            if (accounts.Length == 0) throw new StepFault("no account is connected");
            walks = instruments.Select(each => new PriceWalk(each, seed)).ToArray();
            random = new Random(seed);
            tradeShare = step.Number("tradeShare", 0.01);
            itemShare = step.Whole("itemShare", 20);
            foreach (var pair in instruments.Zip(walks, (instrument, walk) => new { instrument, walk })) pair.instrument.Market.Put(pair.walk.Next());
        }

        /** Events a second for a time. */
        internal Map Paced(double perSecond, double seconds)
        {
            var before = Handled();
            var watch = Stopwatch.StartNew();
            long produced = 0;
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var due = watch.Elapsed.TotalSeconds * perSecond;
                while (produced < due) produced += One();
                Thread.Sleep(SliceMs);
            }
            return Answer(produced, before, watch);
        }

        /** So many events as fast as the threads take them. */
        internal Map Accelerated(long count)
        {
            var before = Handled();
            var watch = Stopwatch.StartNew();
            long produced = 0;
            while (produced < count)
            {
                for (var index = 0; index < 200; index += 1) produced += One();
                while (Worker.All.Any(each => each.Queued > LongestQueue)) Thread.Sleep(1);
            }
            return Answer(produced, before, watch);
        }

        /** @returns about how many events it makes. */
        int One()
        {
            var account = accounts[random.Next(accounts.Length)];
            var at = random.Next(instruments.Length);
            if (random.NextDouble() < tradeShare)
            {
                Trade(account, instruments[at]);
                return 8;
            }
            if (random.Next(100) < itemShare)
            {
                var value = random.Next(-400, 400) * 12.5;
                account.Broker.Worker.Post(() => account.Broker.Items.Put(AccountItem.UnrealizedProfitLoss, value));
                return 1;
            }
            instruments[at].Market.Put(walks[at].Next());
            return 3;
        }

        void Trade(Account account, Instrument instrument)
        {
            var action = random.Next(2) == 0 ? OrderAction.Buy : OrderAction.Sell;
            account.Broker.Submit(new[] { account.Broker.Build(new OrderTerms
            {
                Instrument = instrument, Action = action, Type = OrderType.Market, Entry = OrderEntry.Manual, Tif = TimeInForce.Day,
                Quantity = random.Next(1, 4), Name = "Flood", Gtd = NinjaTrader.Core.Globals.MaxDate
            }) });
        }

        static Map Answer(long produced, long before, Stopwatch watch)
        {
            var seconds = watch.Elapsed.TotalSeconds;
            var handled = Handled() - before;
            return new Map
            {
                { "produced", produced }, { "handled", handled }, { "seconds", seconds }, { "handledPerSecond", handled / seconds }
            };
        }

        static long Handled() { return HandlerTimings.All.Sum(each => each.Count); }
    }
}
