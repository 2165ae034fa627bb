using System;
using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;

namespace NinjaTraderHost
{
    internal sealed class TruePosition
    {
        internal int Quantity;
        internal double Average;
    }

    /** The broker's own record of one account: true whatever NinjaTrader shows. Touched on the account's thread only. */
    internal sealed class Books
    {
        readonly Dictionary<Instrument, TruePosition> positions = new Dictionary<Instrument, TruePosition>();

        internal Books(double cash)
        {
            StartCash = cash;
            Fills = new List<BrokerFill>();
        }

        internal double StartCash { get; private set; }
        internal double Gross { get; private set; }
        internal double Commission { get; private set; }
        internal List<BrokerFill> Fills { get; private set; }
        internal IEnumerable<KeyValuePair<Instrument, TruePosition>> Open
        {
            get { return positions.Where(each => each.Value.Quantity != 0); }
        }
        internal double Cash { get { return StartCash + Gross - Commission; } }

        internal TruePosition PositionIn(Instrument instrument)
        {
            TruePosition position;
            if (!positions.TryGetValue(instrument, out position)) positions[instrument] = position = new TruePosition();
            return position;
        }

        internal double Unrealized
        {
            get
            {
                return Open.Sum(each =>
                {
                    var quote = each.Key.Market.Quote;
                    if (quote == null) return 0;
                    return (quote.Last - each.Value.Average) * each.Value.Quantity * each.Key.MasterInstrument.PointValue;
                });
            }
        }

        internal double Margin { get { return Open.Sum(each => Math.Abs(each.Value.Quantity) * Contracts.RootOf(each.Key).Margin); } }

        internal void Apply(BrokerFill fill)
        {
            var instrument = fill.Order.Instrument;
            var position = PositionIn(instrument);
            var signed = fill.Order.Sign * fill.Quantity;
            var closing = Math.Sign(signed) == -Math.Sign(position.Quantity) ? Math.Min(Math.Abs(signed), Math.Abs(position.Quantity)) : 0;
            if (closing > 0)
            {
                Gross += (fill.Price - position.Average) * closing * Math.Sign(position.Quantity) * instrument.MasterInstrument.PointValue;
            }
            var after = position.Quantity + signed;
            if (after == 0) position.Average = 0;
            else if (Math.Abs(signed) > closing)
            {
                var opening = Math.Abs(signed) - closing;
                var kept = Math.Abs(after) - opening;
                position.Average = (position.Average * kept + fill.Price * opening) / Math.Abs(after);
            }
            position.Quantity = after;
            Commission += fill.Quantity * Contracts.RootOf(instrument).Commission;
            fill.PositionAfter = after;
            fill.AverageAfter = position.Average;
            Fills.Add(fill);
        }
    }
}
