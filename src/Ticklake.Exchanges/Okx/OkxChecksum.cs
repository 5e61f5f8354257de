using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Shared;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// The CRC-32 that book frames carried until 2026-06-23 (okx.md 5.4): <c>price:size</c> of the 25 best bids and asks in turn,
/// joined by colons, a side that has run out left out, numbers exactly as they were received.
/// </summary>
static class OkxChecksum
{
    const int CheckedDepth = 25;

    // Price and size with the colons before them.
    const int PairLength = (2 * ExactDecimal.MaxTextLength) + 2;

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
                var length = 0;
                if (!isFirst)
                    text[length++] = (byte)':';
                isFirst = false;
                length += level.Price.FormatOriginal(text[length..]);
                text[length++] = (byte)':';
                length += level.Amount.FormatOriginal(text[length..]);
                crc = Crc32.Append(crc, text[..length]);
            }
        }

        return (int)crc;
    }
}
