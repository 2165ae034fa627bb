using System;
using System.Collections.Generic;

namespace NinjaTraderHost
{
    /** When an order came to the broker and when it was over. The numbers count what happened on the account, one after the other. */
    internal sealed class OrderLife
    {
        internal BrokerOrder Order;
        internal int Arrived;
        internal DateTime ArrivedUtc;
        /** 0 while the order lives. */
        internal int Ended;
        internal DateTime EndedUtc;
    }

    /** Every order that the broker ever saw on one account, in its true order. Touched on the account's thread only. */
    internal sealed class OrderHistory
    {
        readonly List<OrderLife> lives = new List<OrderLife>();
        readonly Dictionary<BrokerOrder, OrderLife> byOrder = new Dictionary<BrokerOrder, OrderLife>();
        int moments;

        internal IEnumerable<OrderLife> Lives { get { return lives; } }

        internal int Next()
        {
            moments += 1;
            return moments;
        }

        internal void Arrive(BrokerOrder order)
        {
            var life = new OrderLife { Order = order, Arrived = Next(), ArrivedUtc = DateTime.UtcNow + PlatformClock.Offset };
            lives.Add(life);
            byOrder[order] = life;
        }

        internal void End(BrokerOrder order)
        {
            OrderLife life;
            if (!byOrder.TryGetValue(order, out life) || life.Ended != 0) return;
            life.Ended = Next();
            life.EndedUtc = DateTime.UtcNow + PlatformClock.Offset;
        }

        /** An order of the time before a restart of the platform. */
        internal void Recall(OrderLife life)
        {
            lives.Add(life);
            byOrder[life.Order] = life;
            moments = Math.Max(moments, Math.Max(life.Arrived, life.Ended));
        }

        internal void Recall(int moment) { moments = Math.Max(moments, moment); }
    }
}
