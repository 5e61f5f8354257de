namespace Ticklake.Exchanges.Okx;

/// <summary>Members of data objects that are read; each may stand in an object once.</summary>
[Flags]
enum OkxMember
{
    None = 0,
    InstId = 1 << 0,
    Time = 1 << 1,
    Asks = 1 << 2,
    Bids = 1 << 3,
    SeqId = 1 << 4,
    PrevSeqId = 1 << 5,
    Checksum = 1 << 6,
    TradeId = 1 << 7,
    Price = 1 << 8,
    Size = 1 << 9,
    Side = 1 << 10,
    Count = 1 << 11,
    Last = 1 << 12,
    AskPrice = 1 << 13,
    AskSize = 1 << 14,
    BidPrice = 1 << 15,
    BidSize = 1 << 16,
    High = 1 << 17,
    Low = 1 << 18,
    Volume = 1 << 19,
    CurrencyVolume = 1 << 20,
}

/// <summary>Their names.</summary>
static class OkxMembers
{
    public static OkxMember Of(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 => key[0] switch
        {
            (byte)'t' when key[1] == 's' => OkxMember.Time,
            (byte)'p' when key[1] == 'x' => OkxMember.Price,
            (byte)'s' when key[1] == 'z' => OkxMember.Size,
            _ => OkxMember.None,
        },
        4 => key.SequenceEqual("asks"u8) ? OkxMember.Asks
            : key.SequenceEqual("bids"u8) ? OkxMember.Bids
            : key.SequenceEqual("side"u8) ? OkxMember.Side
            : key.SequenceEqual("last"u8) ? OkxMember.Last : OkxMember.None,
        5 => OfFive(key),
        6 => key.SequenceEqual("instId"u8) ? OkxMember.InstId
            : key.SequenceEqual("low24h"u8) ? OkxMember.Low
            : key.SequenceEqual("vol24h"u8) ? OkxMember.Volume : OkxMember.None,
        7 => key.SequenceEqual("tradeId"u8) ? OkxMember.TradeId
            : key.SequenceEqual("high24h"u8) ? OkxMember.High : OkxMember.None,
        8 => key.SequenceEqual("checksum"u8) ? OkxMember.Checksum : OkxMember.None,
        9 => key.SequenceEqual("prevSeqId"u8) ? OkxMember.PrevSeqId
            : key.SequenceEqual("volCcy24h"u8) ? OkxMember.CurrencyVolume : OkxMember.None,
        _ => OkxMember.None,
    };

    static OkxMember OfFive(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("seqId"u8) ? OkxMember.SeqId
        : key.SequenceEqual("count"u8) ? OkxMember.Count
        : key.SequenceEqual("askPx"u8) ? OkxMember.AskPrice
        : key.SequenceEqual("askSz"u8) ? OkxMember.AskSize
        : key.SequenceEqual("bidPx"u8) ? OkxMember.BidPrice
        : key.SequenceEqual("bidSz"u8) ? OkxMember.BidSize : OkxMember.None;
}
