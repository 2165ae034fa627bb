using System;
using System.Collections.Concurrent;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** The account's figures as NinjaTrader reports them; which ones there are depends on the connection. */
    internal sealed class ShownItems
    {
        readonly Account account;
        readonly ConcurrentDictionary<AccountItem, AccountItemEventArgs> reports =
            new ConcurrentDictionary<AccountItem, AccountItemEventArgs>();

        internal ShownItems(Account account) { this.account = account; }

        internal AccountItemEventArgs Report(AccountItem item)
        {
            AccountItemEventArgs report;
            return reports.TryGetValue(item, out report) ? report : null;
        }

        internal AccountItemEventArgs[] All { get { return new System.Collections.Generic.List<AccountItemEventArgs>(reports.Values).ToArray(); } }

        /** Tells the figures that have changed. */
        internal void Tell(Books books)
        {
            var line = account.Connection;
            if (line == null) return;
            foreach (var item in line.Line.Items)
            {
                var value = ValueOf(item, books);
                if (value.HasValue) Put(item, value.Value);
            }
        }

        internal void Put(AccountItem item, double value, bool always = false)
        {
            var known = Report(item);
            if (known != null && known.Value == value && !always) return;
            var report = new AccountItemEventArgs(account, item, value, account.Broker.View.At(PlatformClock.Now));
            reports[item] = report;
            account.ItemUpdates.Raise(account, report);
        }

        internal void Zero()
        {
            var line = account.Connection;
            if (line == null) return;
            foreach (var item in line.Line.Items) Put(item, 0);
        }

        static double? ValueOf(AccountItem item, Books books)
        {
            switch (item)
            {
                case AccountItem.CashValue: return Cents(books.Cash);
                case AccountItem.NetLiquidation: return Cents(books.Cash + books.Unrealized);
                case AccountItem.RealizedProfitLoss: return Cents(books.Gross - books.Commission);
                case AccountItem.GrossRealizedProfitLoss: return Cents(books.Gross);
                case AccountItem.UnrealizedProfitLoss: return Cents(books.Unrealized);
                case AccountItem.Commission: return Cents(books.Commission);
                case AccountItem.InitialMargin:
                case AccountItem.IntradayMargin: return Cents(books.Margin);
                case AccountItem.ExcessInitialMargin:
                case AccountItem.ExcessIntradayMargin: return Cents(books.Cash + books.Unrealized - books.Margin);
                default: return null;
            }
        }

        static double Cents(double amount) { return Math.Round(amount, 2); }
    }
}
