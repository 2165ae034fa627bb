namespace NinjaTraderHost
{
    /** What goes wrong on one account. All times in milliseconds; a count of -1 is for good. */
    internal sealed class Faults
    {
        /** "confirm", "never" or "slow". */
        public string Cancel = "confirm";
        public double CancelMs = 3000;
        /** How many cancels are overtaken by a fill of their order. */
        public int FillInFlight;
        /** How many orders that would reduce the true position are rejected. */
        public int RejectClose;
        public int RejectAny;
        public string RejectComment = "Order rejected by the broker";
        /** Most contracts of one fill; 0 is no limit. */
        public int FillCap;
        public double FillEveryMs = 20;
        /** How many times an ATM bracket appears after the account became flat. */
        public int LateBracket;
        public double LateBracketMs = 500;
        /** How many times a strategy opens the position again after it became flat. */
        public int Reenter;
        public int ReenterQuantity = 1;
        public double ReenterMs = 50;
        /** "normal", "late", "lost" or "lying". */
        public string Position = "normal";
        public double PositionMs = 1000;
        /** Contracts that a lying account shows, signed. */
        public int PositionShows;
        /** "normal", "dropped" (no event, but in Account.Executions) or "replayed" (a second event without its order). */
        public string Execution = "normal";
        /** The position is told before the execution. */
        public bool PositionFirst;
        /** Everything at 0 when the account disconnects. */
        public bool ZerosOnDisconnect = true;
        /** The other leg of an OCO pair stays live. */
        public bool OrphanLeg;
        /** "working", "accepted" (held on the broker's server) or "triggerPending" (held on this PC). */
        public string Stops = "working";
        /** Changes are refused and the old values stay. */
        public bool ChangeRefused;
        /** The order's events are raised before Submit returns. */
        public bool EventsInsideSubmit;
        /** Orders that were live when the line broke read Unknown afterwards. */
        public bool UnknownAfterReconnect;
        /** Executions are told again after a reconnect. */
        public bool ReplayOnReconnect = true;
        /** Fills made while the line was down carry the time at which they are told. */
        public bool DeliveryTimes;
        /** How far the account's event times are from NinjaTrader's clock, as on Playback. */
        public double TimeOffsetMs;
        /** NinjaTrader shows nothing new, and the broker goes on. */
        public bool Silent;
        /** How long Flatten waits for its cancels before it gives up. */
        public double FlattenWaitMs = 5000;

        public double ToBrokerMs = 4;
        public double ToExchangeMs = 6;
        public double CancelSubmitMs = 3;
        public double CancelConfirmMs = 15;
        public double ChangeMs = 10;
        public double PositionDelayMs = 17;
        public double ItemsDelayMs = 2;
        public double BracketMs = 30;
    }
}
