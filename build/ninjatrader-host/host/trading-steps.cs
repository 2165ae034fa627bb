using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    /** What the trader, a strategy and the broker do. */
    internal static class TradingSteps
    {
        internal static void Add(IDictionary<string, Func<Step, Map>> steps)
        {
            steps["submit"] = Submit;
            steps["cancel"] = step =>
            {
                var account = step.Account;
                if (step.Has("order")) account.Cancel(new[] { OrderOf(account, step) });
                else account.Broker.CancelWhere(order => true);
                return null;
            };
            steps["change"] = step =>
            {
                var account = step.Account;
                var order = OrderOf(account, step);
                order.QuantityChanged = step.Whole("quantity", order.Quantity);
                order.LimitPriceChanged = step.Number("limit", order.LimitPrice);
                order.StopPriceChanged = step.Number("stop", order.StopPrice);
                account.Change(new[] { order });
                return null;
            };
            steps["flattenByTrader"] = step => { step.Account.Broker.Flatten(null, "Close"); return null; };
            steps["setFault"] = SetFault;
            steps["setItem"] = step => OnThread(step.Account, account =>
                account.Broker.Items.Put(step.Enum("item", AccountItem.CashValue), step.Number("value"), true));
            steps["sendZeros"] = step => OnThread(step.Account, account => account.Broker.Items.Zero());
            steps["replayExecutions"] = step => OnThread(step.Account, account => account.Broker.View.ReplayExecutions());
            steps["showPosition"] = step => OnThread(step.Account, account =>
                account.Broker.View.ShowPosition(step.Instrument, step.Whole("quantity", 0), step.Number("averagePrice", 0)));
            steps["showTruth"] = step => OnThread(step.Account, account => account.Broker.View.ShowTruth(step.Instrument));
            steps["orderUnknown"] = step => OnThread(step.Account, account =>
                account.Broker.View.State(OrderOf(account, step).Truth, OrderState.Unknown));
            steps["resetAccount"] = step => { Account.Resets.Raise(step.Account, EventArgs.Empty); return null; };
        }

        internal static Order Build(Step step, Account account)
        {
            var byStrategy = step.Text("by", "trader") == "strategy";
            var bracket = step.Inner("bracket");
            return account.Broker.Build(new OrderTerms
            {
                Instrument = step.Instrument, Action = step.Enum("action", OrderAction.Buy), Type = step.Enum("type", OrderType.Market),
                Entry = byStrategy ? OrderEntry.Automated : OrderEntry.Manual, Tif = step.Enum("tif", TimeInForce.Day),
                Quantity = step.Whole("quantity", 1), Limit = step.Number("limit", 0), Stop = step.Number("stop", 0),
                Oco = step.Text("oco", string.Empty), Name = step.Text("name", string.Empty), Gtd = NinjaTrader.Core.Globals.MaxDate,
                Bracket = bracket == null ? null : new Bracket { StopTicks = bracket.Whole("stopTicks", 20), TargetTicks = bracket.Whole("targetTicks", 40) }
            });
        }

        static Map Submit(Step step)
        {
            var account = step.Account;
            var order = Build(step, account);
            account.Broker.Submit(new[] { order });
            return new Map { { "order", order.Id } };
        }

        /** Every further member of the command is a field of Faults, with a small first letter. */
        static Map SetFault(Step step)
        {
            var fields = typeof(Faults).GetFields(BindingFlags.Public | BindingFlags.Instance);
            foreach (var name in step.Names.Except(new[] { "id", "do", "account", "atMs" }))
            {
                var field = fields.FirstOrDefault(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));
                if (field == null) throw new StepFault("there is no fault \"" + name + "\"");
            }
            return OnThread(step.Account, account =>
            {
                foreach (var field in fields)
                {
                    var name = char.ToLowerInvariant(field.Name[0]) + field.Name.Substring(1);
                    if (!step.Has(name)) continue;
                    if (field.FieldType == typeof(string)) field.SetValue(account.Broker.Faults, step.Text(name));
                    else if (field.FieldType == typeof(bool)) field.SetValue(account.Broker.Faults, step.Flag(name));
                    else if (field.FieldType == typeof(int)) field.SetValue(account.Broker.Faults, step.Whole(name, 0));
                    else field.SetValue(account.Broker.Faults, step.Number(name));
                }
            });
        }

        static Map OnThread(Account account, Action<Account> job)
        {
            account.Broker.Worker.Ask(() => { job(account); return true; });
            return null;
        }

        static Order OrderOf(Account account, Step step)
        {
            var id = (long)step.Number("order");
            lock (account.Orders)
            {
                var found = account.Orders.FirstOrDefault(each => each.Id == id);
                if (found != null) return found;
            }
            throw new StepFault("the account has no order " + id);
        }
    }
}
