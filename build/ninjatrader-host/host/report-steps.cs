using System;
using System.Collections.Generic;
using System.Linq;

namespace NinjaTraderHost
{
    internal static class ReportSteps
    {
        internal static void Add(IDictionary<string, Func<Step, Map>> steps)
        {
            steps["books"] = step => step.Has("account")
                ? Reports.Books(step.Account)
                : new Map { { "accounts", World.Accounts.Select(Reports.Books).ToArray() } };
            steps["shown"] = step => step.Has("account")
                ? Reports.Shown(step.Account)
                : new Map { { "accounts", World.Accounts.Select(Reports.Shown).ToArray() } };
            steps["executions"] = step => new Map { { "executions", Reports.Executions(step.Account) } };
            steps["handlers"] = step => new Map
            {
                { "handlers", Reports.Handlers() }, { "all", Reports.Timing(HandlerTimings.Together()) }
            };
            steps["violations"] = step => new Map { { "violations", Violations.All.Select(Reports.Violation).ToArray() } };
            steps["clear"] = step =>
            {
                HandlerTimings.Clear();
                Violations.Clear();
                return null;
            };
            steps["output"] = step => new Map
            {
                { "lines", OutputLines.All.Select(each => new Map { { "where", each.Where }, { "text", each.Text } }).ToArray() }
            };
            steps["memory"] = step => Reports.Memory();
            steps["steps"] = step => new Map { { "steps", steps.Keys.OrderBy(each => each, StringComparer.Ordinal).ToArray() } };
        }
    }
}
