using System.Globalization;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Shared;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// The CRC-32 that <c>cs</c> messages carry (docs.bitfinex.com/docs/ws-websocket-checksum): <c>key:amount</c> of the 25
/// best bids and asks in turn, joined by colons, a side that has run out left out. The key is the price, for R0 the
/// order
/// id; ask amounts are negative; numbers are written as JavaScript writes them.
/// </summary>
static class BitfinexChecksum
{
    const int CheckedDepth = 25;

    // Key and amount, the colons before them, and the sign.
    const int PairLength = (2 * ExactDecimal.MaxTextLength) + 3;

    public static int Of(PriceBook book)
    {
        Span<byte> text = stackalloc byte[PairLength];
        var crc = 0u;
        var isFirst = true;
        for (var i = 0; i < CheckedDepth; i++)
        {
            for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
            {
                if (i >= book.Count(side))
                    continue;
                var level = book[side, i];
                var length = isFirst ? 0 : Colon(text);
                isFirst = false;
                length += level.Price.FormatJavaScript(text[length..]);
                crc = AppendAmount(crc, text, length, side, level.Amount);
            }
        }

        return (int)crc;
    }

    public static int Of(OrderBook book)
    {
        Span<byte> text = stackalloc byte[PairLength];
        var crc = 0u;
        var isFirst = true;
        for (var i = 0; i < CheckedDepth; i++)
        {
            for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
            {
                if (i >= book.Count(side))
                    continue;
                var order = book[side, i];
                var length = isFirst ? 0 : Colon(text);
                isFirst = false;
                order.OrderId.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
                crc = AppendAmount(crc, text, length + written, side, order.Amount);
            }
        }

        return (int)crc;
    }

    static int Colon(Span<byte> text)
    {
        text[0] = (byte)':';
        return 1;
    }

    /// <summary>The amount goes behind the key that is in the text already; both are added to the CRC.</summary>
    static uint AppendAmount(uint crc, Span<byte> text, int length, BookSide side, ExactDecimal amount)
    {
        text[length++] = (byte)':';
        if (side == BookSide.Ask)
            text[length++] = (byte)'-';
        length += amount.FormatJavaScript(text[length..]);
        return Crc32.Append(crc, text[..length]);
    }
}
