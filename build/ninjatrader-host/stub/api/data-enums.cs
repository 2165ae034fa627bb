namespace NinjaTrader.Data
{
    public enum MarketDataType
    {
        Ask = 0, Bid = 1, Last = 2, DailyHigh = 3, DailyLow = 4, DailyVolume = 5, LastClose = 6, Opening = 7,
        OpenInterest = 8, Settlement = 9, Unknown = 10
    }

    public enum BarsPeriodType
    {
        Tick = 0, Volume = 1, Range = 2, Second = 3, Minute = 4, Day = 5, Week = 6, Month = 7, Year = 8,
        HeikenAshi = 9, Kagi = 10, Renko = 11, PointAndFigure = 12, LineBreak = 13, Volumetric = 14, Delta = 15,
        PriceOnVolume = 16
    }
}

namespace NinjaTrader.NinjaScript
{
    public enum State
    {
        Undefined = 0, SetDefaults = 1, Configure = 2, Active = 3, DataLoaded = 4, Historical = 5, Transition = 6,
        Realtime = 7, Terminated = 8, Finalized = 9
    }

    public enum PrintTo { OutputTab1 = 0, OutputTab2 = 1 }
}
