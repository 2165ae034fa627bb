using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    internal sealed class Root
    {
        internal string Symbol;
        internal double TickSize;
        internal double PointValue;
        internal int[] Months;
        internal double TypicalPrice;
        /** Per contract and side, all fees together. */
        internal double Commission;
        internal double Margin;
    }

    /** Tick sizes and point values are the exchange's; prices, margins and commissions are only plausible. */
    internal static class Contracts
    {
        static readonly int[] quarterly = { 3, 6, 9, 12 };
        static readonly int[] monthly = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
        static readonly Regex fullName = new Regex(@"^([A-Z0-9]{1,6}) (\d{2})-(\d{2})$");

        internal static readonly Root[] Roots =
        {
            new Root { Symbol = "ES", TickSize = 0.25, PointValue = 50, Months = quarterly, TypicalPrice = 6000, Commission = 2.04, Margin = 15400 },
            new Root { Symbol = "NQ", TickSize = 0.25, PointValue = 20, Months = quarterly, TypicalPrice = 21500, Commission = 2.04, Margin = 22000 },
            new Root { Symbol = "MES", TickSize = 0.25, PointValue = 5, Months = quarterly, TypicalPrice = 6000, Commission = 0.62, Margin = 1540 },
            new Root { Symbol = "MNQ", TickSize = 0.25, PointValue = 2, Months = quarterly, TypicalPrice = 21500, Commission = 0.62, Margin = 2200 },
            new Root { Symbol = "GC", TickSize = 0.1, PointValue = 100, Months = new[] { 2, 4, 6, 8, 12 }, TypicalPrice = 2650, Commission = 2.32, Margin = 12000 },
            new Root { Symbol = "CL", TickSize = 0.01, PointValue = 1000, Months = monthly, TypicalPrice = 71, Commission = 2.22, Margin = 6200 },
            new Root { Symbol = "ZN", TickSize = 0.015625, PointValue = 1000, Months = quarterly, TypicalPrice = 110, Commission = 1.57, Margin = 2000 }
        };

        internal static Root RootOf(Instrument instrument)
        {
            return Roots.First(root => root.Symbol == instrument.MasterInstrument.Name);
        }

        internal static Instrument Make(string name)
        {
            var bare = Roots.FirstOrDefault(root => root.Symbol == name);
            if (bare != null) return new Instrument(name, Master(bare), new DateTime(1900, 1, 1));
            var parts = fullName.Match(name);
            if (!parts.Success) return null;
            var found = Roots.FirstOrDefault(root => root.Symbol == parts.Groups[1].Value);
            var month = int.Parse(parts.Groups[2].Value, CultureInfo.InvariantCulture);
            if (found == null || !found.Months.Contains(month)) return null;
            var year = 2000 + int.Parse(parts.Groups[3].Value, CultureInfo.InvariantCulture);
            return new Instrument(name, Master(found), new DateTime(year, month, 1));
        }

        internal static DateTime FirstExpiryAfter(string symbol, DateTime after)
        {
            var root = Roots.First(each => each.Symbol == symbol);
            var month = new DateTime(after.Year, after.Month, 1).AddMonths(1);
            while (!root.Months.Contains(month.Month)) month = month.AddMonths(1);
            return month;
        }

        static MasterInstrument Master(Root root) { return new MasterInstrument(root.Symbol, root.TickSize, root.PointValue); }
    }
}
