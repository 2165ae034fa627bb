using System;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    internal sealed class OrderTerms
    {
        internal Instrument Instrument;
        internal OrderAction Action;
        internal OrderType Type;
        internal OrderEntry Entry;
        internal TimeInForce Tif;
        internal int Quantity;
        internal double Limit;
        internal double Stop;
        internal string Oco;
        internal string Name;
        internal DateTime Gtd;
        internal NinjaTrader.NinjaScript.StrategyBase Owner;
        internal Bracket Bracket;
    }

    /** Stop and target that follow an entry's fill, in ticks from it. */
    internal sealed class Bracket
    {
        internal int StopTicks;
        internal int TargetTicks;
    }

    /** An order as the broker has it, whatever NinjaTrader shows. */
    internal sealed class BrokerOrder
    {
        internal Order Shown;
        internal int Quantity;
        internal int Filled;
        internal double FilledValue;
        internal double Limit;
        internal double Stop;
        internal bool IsAtExchange;
        internal bool IsTriggered;
        internal bool IsOver;
        internal string End = string.Empty;
        internal bool CancelRequested;
        internal bool FillScheduled;
        internal Bracket Bracket;

        internal Instrument Instrument { get { return Shown.Instrument; } }
        internal int Remaining { get { return Quantity - Filled; } }
        internal bool IsBuy { get { return Shown.IsLong; } }
        internal int Sign { get { return IsBuy ? 1 : -1; } }
        internal OrderType Type { get { return Shown.OrderType; } }
        internal bool IsLive { get { return !IsOver; } }

        /** The price at which it would trade now, or null. */
        internal double? PriceAt(Quote quote)
        {
            if (quote == null) return null;
            var market = IsBuy ? quote.Ask : quote.Bid;
            switch (Type)
            {
                case OrderType.Market: return market;
                case OrderType.Limit: return AtLimit(market);
                case OrderType.StopMarket: return Reaches(market, Stop) ? market : (double?)null;
                case OrderType.StopLimit:
                    if (Reaches(market, Stop)) IsTriggered = true;
                    return IsTriggered ? AtLimit(market) : null;
                case OrderType.MIT: return Reaches(Stop, market) ? market : (double?)null;
                default: return null;
            }
        }

        double? AtLimit(double market)
        {
            return Reaches(Limit, market) ? market : (double?)null;
        }

        /** Whether the first price is as high as the second for a buy, as low for a sale. */
        bool Reaches(double first, double second)
        {
            return IsBuy ? first >= second - 1e-9 : first <= second + 1e-9;
        }
    }

    internal sealed class BrokerFill
    {
        internal string Id;
        internal BrokerOrder Order;
        internal int Quantity;
        internal double Price;
        internal DateTime Utc;
        /** Its place in what happened on the account. */
        internal int Moment;
        internal int PositionAfter;
        internal double AverageAfter;
        internal Execution Shown;
    }
}
