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
        var text = new ChecksumText(stackalloc byte[PairLength]);
        for (var i = 0; i < CheckedDepth; i++)
        {
            for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
            {
                if (i >= book.Count(side))
                    continue;
                var level = book[side, i];
                text.Append(side, level.Price.FormatJavaScript(text.Key), level.Amount);
            }
        }

        return text.Crc;
    }

    public static int Of(OrderBook book)
    {
        var text = new ChecksumText(stackalloc byte[PairLength]);
        for (var i = 0; i < CheckedDepth; i++)
        {
            for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
            {
                if (i >= book.Count(side))
                    continue;
                var order = book[side, i];
                order.OrderId.TryFormat(text.Key, out var length, default, CultureInfo.InvariantCulture);
                text.Append(side, length, order.Amount);
            }
        }

        return text.Crc;
    }

    /// <summary>The text that the checksum is of, a pair at a time.</summary>
    ref struct ChecksumText(Span<byte> pair)
    {
        readonly Span<byte> _pair = pair;
        uint _crc;
        bool _hasBegun;

        public readonly int Crc => (int)_crc;

        /// <summary>Room for the next pair's key.</summary>
        public readonly Span<byte> Key => _pair[1..];

        /// <summary>Adds the key that was written, so many bytes long, and its amount.</summary>
        public void Append(BookSide side, int keyLength, ExactDecimal amount)
        {
            _pair[0] = (byte)':';
            var length = 1 + keyLength;
            _pair[length++] = (byte)':';
            if (side == BookSide.Ask)
                _pair[length++] = (byte)'-';
            length += amount.FormatJavaScript(_pair[length..]);
            _crc = Crc32.Append(_crc, _hasBegun ? _pair[..length] : _pair[1..length]);
            _hasBegun = true;
        }
    }
}
