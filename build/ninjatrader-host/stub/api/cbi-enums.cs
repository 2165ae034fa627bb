using System;

namespace NinjaTrader.Cbi
{
    public enum AccountItem
    {
        BuyingPower = 0, CashValue = 1, Commission = 2, ExcessIntradayMargin = 3, ExcessInitialMargin = 4,
        ExcessMaintenanceMargin = 5, ExcessPositionMargin = 6, Fee = 7, GrossRealizedProfitLoss = 8,
        InitialMargin = 9, IntradayMargin = 10, LongOptionValue = 11, LookAheadMaintenanceMargin = 12,
        LongStockValue = 13, MaintenanceMargin = 14, NetLiquidation = 15, NetLiquidationByCurrency = 16,
        PositionMargin = 17, RealizedProfitLoss = 18, ShortOptionValue = 19, ShortStockValue = 20,
        SodCashValue = 21, SodLiquidatingValue = 22, UnrealizedProfitLoss = 23, TotalCashBalance = 24,
        DailyLossLimit = 25, WeeklyProfitLoss = 26, WeeklyLossLimit = 27, DailyProfitTrigger = 28,
        WeeklyProfitTrigger = 29, TrailingMaxDrawdown = 30
    }

    public enum OrderState
    {
        Accepted = 0, Cancelled = 1, Filled = 2, Initialized = 3, PartFilled = 4, CancelSubmitted = 5,
        ChangeSubmitted = 6, Submitted = 7, TriggerPending = 8, Rejected = 9, Working = 10, CancelPending = 11,
        ChangePending = 12, Suspended = 13, AcceptedByRisk = 50, Unknown = 99
    }

    public enum OrderType { Limit = 0, Market = 1, MIT = 2, StopLimit = 3, StopMarket = 4, Unknown = 99 }

    public enum OrderAction { Buy = 0, BuyToCover = 1, Sell = 2, SellShort = 3 }

    public enum OrderEntry { Automated = 0, Manual = 1 }

    public enum TimeInForce { Day = 0, Gtc = 1, Ioc = 2, Opg = 3, Gtd = 4 }

    public enum MarketPosition { Long = 0, Short = 1, Flat = 2 }

    public enum Operation { Add = 0, Update = 1, Remove = 2 }

    public enum ConnectionStatus { Disconnected = 0, Disconnecting = 1, ConnectionLost = 2, Connected = 3, Connecting = 4 }

    public enum ErrorCode
    {
        NoError = 0, LogOnFailed = 1, OrderRejected = 3, UnableToCancelOrder = 5, UnableToChangeOrder = 6,
        UnableToSubmitOrder = 7, UserAbort = 8, OrderRejectedByRisk = 9, LoginExpired = 10, Panic = 18
    }

    public enum PerformanceUnit { Currency = 0, Percent = 1, Pips = 2, Points = 3, Ticks = 4 }

    public enum InstrumentType
    {
        Future = 0, Stock = 1, Index = 2, Option = 3, Forex = 4, Cfd = 5, Spread = 6, CryptoCurrency = 7, Unknown = 99
    }

    public enum Currency
    {
        AustralianDollar = 0, BritishPound = 1, CanadianDollar = 2, Euro = 3, HongKongDollar = 4, JapaneseYen = 5,
        SwissFranc = 6, UsDollar = 7, KoreanWon = 8, IndianRupee = 9, SwedishKrona = 10, MexicanPeso = 11,
        BrazilianReal = 12, SingaporeDollar = 13, ChinaYuan = 14
    }

    public enum AccountStatus { Disabled = 0, Enabled = 1, LiquidationOnly = 2, Excluded = 3 }

    public enum LiquidationState { Fail = 0, ValidationFail = 1, Disabled = 2, Enabled = 3, Excluded = 4 }

    public enum LogLevel { Alert = 0, Information = 1, Warning = 2, Error = 3 }

    public enum Mode { Live = 0, Simulation = 1 }

    public enum MergePolicy
    {
        DoNotMerge = 0, MergeBackAdjusted = 1, MergeNonBackAdjusted = 2, UseGlobalSettings = 3, UseDefault = 4
    }

    [Flags]
    public enum LookupPolicies { Provider = 1, Repository = 2 }

    public enum Provider
    {
        External = 4, Gain = 6, InteractiveBrokers = 8, Playback = 13, RolfeAndNolan = 14, Simulator = 15, Tda = 16,
        Yahoo = 19, Provider1 = 20, Provider2 = 21, Provider3 = 22, Provider4 = 23, Provider5 = 24, Provider6 = 25,
        Provider40 = 59, Custom0 = 1000, Custom45 = 1045, Unknown = 9999
    }

    public enum Exchange { Default = 9, Globex = 23, Nymex = 32 }
}
