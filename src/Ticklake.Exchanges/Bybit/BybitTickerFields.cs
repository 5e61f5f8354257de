namespace Ticklake.Exchanges.Bybit;

/// <summary>The fields of a ticker that are recorded, numbered; every one is a quoted number or <c>""</c>.</summary>
static class BybitTickerFields
{
    public const int Last = 0;
    public const int High = 1;
    public const int Low = 2;

    /// <summary>A fraction: <c>0.0175</c> is 1.75 %.</summary>
    public const int Change = 3;
    public const int Volume = 4;
    public const int Bid = 5;
    public const int BidSize = 6;
    public const int Ask = 7;
    public const int AskSize = 8;
    public const int Count = 9;

    const int None = -1;

    public static ReadOnlySpan<byte> NameOf(int field) => field switch
    {
        Last => "lastPrice"u8,
        High => "highPrice24h"u8,
        Low => "lowPrice24h"u8,
        Change => "price24hPcnt"u8,
        Volume => "volume24h"u8,
        Bid => "bid1Price"u8,
        BidSize => "bid1Size"u8,
        Ask => "ask1Price"u8,
        _ => "ask1Size"u8,
    };

    /// <summary>The field of this name, or -1; told by length first, because a snapshot has thirty others.</summary>
    public static int Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        8 => name.SequenceEqual(NameOf(BidSize)) ? BidSize : name.SequenceEqual(NameOf(AskSize)) ? AskSize : None,
        9 => name.SequenceEqual(NameOf(Last)) ? Last
            : name.SequenceEqual(NameOf(Bid)) ? Bid
            : name.SequenceEqual(NameOf(Ask)) ? Ask
            : name.SequenceEqual(NameOf(Volume)) ? Volume : None,
        11 => name.SequenceEqual(NameOf(Low)) ? Low : None,
        12 => name.SequenceEqual(NameOf(High)) ? High : name.SequenceEqual(NameOf(Change)) ? Change : None,
        _ => None,
    };
}
