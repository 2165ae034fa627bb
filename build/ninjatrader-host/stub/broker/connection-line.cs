using System;
using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** A connection's ups and downs, and which figures its kind of broker reports. */
    internal sealed class ConnectionLine
    {
        static readonly AccountItem[] common =
        {
            AccountItem.CashValue, AccountItem.NetLiquidation, AccountItem.RealizedProfitLoss, AccountItem.GrossRealizedProfitLoss,
            AccountItem.UnrealizedProfitLoss, AccountItem.Commission
        };
        static readonly AccountItem[] margins =
        {
            AccountItem.InitialMargin, AccountItem.IntradayMargin, AccountItem.ExcessInitialMargin, AccountItem.ExcessIntradayMargin
        };

        readonly Connection connection;
        readonly Worker worker;
        readonly List<Account> accounts = new List<Account>();
        ConnectionStatus previous = ConnectionStatus.Disconnected;
        ConnectionStatus previousPrice = ConnectionStatus.Disconnected;
        ErrorCode error;
        bool wasConnected;

        internal ConnectionLine(Connection connection)
        {
            this.connection = connection;
            worker = new Worker("connection " + connection.Options.Name);
            Items = ItemsOf(connection.Options.Provider, connection.Options.BrandName);
        }

        internal AccountItem[] Items { get; set; }

        /** The accounts show up when the connection is next made, or at once when it is up. */
        internal void Attach(Account account)
        {
            lock (accounts) accounts.Add(account);
            if (connection.Status == ConnectionStatus.Connected) worker.Ask(() => { Appear(account); return true; });
        }

        internal void Connect()
        {
            worker.Ask(() =>
            {
                Set(ConnectionStatus.Connecting, ConnectionStatus.Connecting, ErrorCode.NoError);
                Set(ConnectionStatus.Connected, ConnectionStatus.Connected, ErrorCode.NoError);
                foreach (var account in Accounts) Appear(account);
                wasConnected = true;
                return true;
            });
        }

        internal void Disconnect(ErrorCode why, bool onlyPrices)
        {
            Down(onlyPrices ? ConnectionStatus.Connected : ConnectionStatus.Disconnected, ConnectionStatus.Disconnected, why);
        }

        internal void Lose(bool onlyPrices)
        {
            Down(onlyPrices ? ConnectionStatus.Connected : ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost, ErrorCode.Panic);
        }

        internal ConnectionStatusEventArgs Report()
        {
            return new ConnectionStatusEventArgs
            {
                Connection = connection, Error = error, NativeError = error == ErrorCode.NoError ? string.Empty : "the line broke",
                Status = connection.Status, PreviousStatus = previous, PriceStatus = connection.PriceStatus,
                PreviousPriceStatus = previousPrice
            };
        }

        Account[] Accounts { get { lock (accounts) return accounts.ToArray(); } }

        void Down(ConnectionStatus status, ConnectionStatus price, ErrorCode why)
        {
            Func<bool> job = () =>
            {
                if (status != ConnectionStatus.Connected)
                {
                    foreach (var account in Accounts) account.Broker.OnDown(status == ConnectionStatus.Disconnected);
                }
                Set(status, price, why);
                if (status != ConnectionStatus.Connected) foreach (var account in Accounts) TellAccount(account, ConnectionStatus.Connected, status);
                return true;
            };
            worker.Ask(job);
        }

        void Appear(Account account)
        {
            account.Connection = connection;
            connection.AddAccount(account);
            lock (Account.All) if (!Account.All.Contains(account)) Account.All.Add(account);
            TellAccount(account, ConnectionStatus.Disconnected, ConnectionStatus.Connected);
            account.Broker.OnUp(wasConnected);
        }

        static void TellAccount(Account account, ConnectionStatus from, ConnectionStatus to)
        {
            Account.StatusUpdates.Raise(account, new AccountStatusEventArgs
            {
                Account = account, Message = string.Empty, PreviousStatus = from, Status = to
            });
        }

        void Set(ConnectionStatus status, ConnectionStatus price, ErrorCode why)
        {
            previous = connection.Status;
            previousPrice = connection.PriceStatus;
            connection.Status = status;
            connection.PriceStatus = price;
            error = why;
            Connection.StatusUpdates.Raise(connection, Report());
        }

        static AccountItem[] ItemsOf(Provider provider, string brand)
        {
            if (provider == Provider.Simulator || provider == Provider.Playback) return common.Concat(margins).ToArray();
            // Rithmic reports no margins; the NinjaTrader connection (Tradovate) does, and the limits when they are set.
            if (brand == "Rithmic") return common.Concat(new[] { AccountItem.TrailingMaxDrawdown }).ToArray();
            return common.Concat(margins)
                .Concat(new[] { AccountItem.DailyLossLimit, AccountItem.WeeklyLossLimit, AccountItem.TrailingMaxDrawdown })
                .ToArray();
        }
    }
}
