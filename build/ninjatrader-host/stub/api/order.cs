using System;
using NinjaTraderHost;

namespace NinjaTrader.Cbi
{
    /** A live object: it may be ahead of the event that mentions it. */
    public class Order
    {
        internal Order() { }

        public Account Account { get; internal set; }
        public Instrument Instrument { get; internal set; }
        public long Id { get; internal set; }
        public string OrderId { get; internal set; }
        public string Name { get; internal set; }
        public string Oco { get; internal set; }
        public string FromEntrySignal { get; internal set; }
        public OrderAction OrderAction { get; internal set; }
        public OrderType OrderType { get; internal set; }
        public OrderEntry OrderEntry { get; internal set; }
        public OrderState OrderState { get; internal set; }
        public TimeInForce TimeInForce { get; internal set; }
        public DateTime Gtd { get; internal set; }
        public int Quantity { get; internal set; }
        public int Filled { get; internal set; }
        public double AverageFillPrice { get; internal set; }
        public double LimitPrice { get; internal set; }
        public double StopPrice { get; internal set; }
        public DateTime Time { get; internal set; }
        public int QuantityChanged { get; set; }
        public double LimitPriceChanged { get; set; }
        public double StopPriceChanged { get; set; }
        public bool IsMarket { get { return OrderType == OrderType.Market; } }
        public bool IsLimit { get { return OrderType == OrderType.Limit; } }
        public bool IsStopMarket { get { return OrderType == OrderType.StopMarket; } }
        public bool IsStopLimit { get { return OrderType == OrderType.StopLimit; } }
        public bool IsMarketIfTouched { get { return OrderType == OrderType.MIT; } }
        public bool IsLong { get { return OrderAction == OrderAction.Buy || OrderAction == OrderAction.BuyToCover; } }
        public bool IsShort { get { return !IsLong; } }
        public bool IsBacktestOrder { get { return false; } }
        public bool IsSimulatedStop { get; internal set; }
        public bool IsLiveUntilCancelled { get { return TimeInForce == TimeInForce.Gtc; } }
        public bool HasOverfill { get { return Filled > Quantity; } }

        public NinjaScript.StrategyBase GetOwnerStrategy() { return Owner; }

        public static bool IsTerminalState(OrderState orderState)
        {
            return orderState == OrderState.Cancelled || orderState == OrderState.Filled
                || orderState == OrderState.Rejected || orderState == OrderState.Unknown;
        }

        internal NinjaScript.StrategyBase Owner { get; set; }
        internal BrokerOrder Truth { get; set; }

        public override string ToString() { return Name + " " + OrderAction + " " + Quantity + " " + OrderState; }
    }

    public class OrderEventArgs : EventArgs
    {
        internal OrderEventArgs(Order order, ErrorCode error, string comment)
        {
            Order = order;
            OrderId = order.OrderId;
            OrderState = order.OrderState;
            Quantity = order.Quantity;
            Filled = order.Filled;
            AverageFillPrice = order.AverageFillPrice;
            LimitPrice = order.LimitPrice;
            StopPrice = order.StopPrice;
            Time = order.Time;
            Error = error;
            Comment = comment;
            StatementDate = order.Time.Date;
            ServerName = Environment.MachineName;
        }

        public Order Order { get; private set; }
        public string OrderId { get; private set; }
        public OrderState OrderState { get; private set; }
        public int Quantity { get; private set; }
        public int Filled { get; private set; }
        public double AverageFillPrice { get; private set; }
        public double LimitPrice { get; private set; }
        public double StopPrice { get; private set; }
        public DateTime Time { get; private set; }
        public ErrorCode Error { get; private set; }
        public string Comment { get; private set; }
        public DateTime StatementDate { get; private set; }
        public string ServerName { get; private set; }
    }

    public class CustomOrder { }
}
