using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// <c>GET /v2/book/{symbol}/P0</c> (bitfinex.md 6.2): the entries of a socket's snapshot, prices of five significant digits,
/// without time or number. Streams are not compared with it (5.1 point 6); checksums prove them.
/// </summary>
sealed class BitfinexDepth : IDepthReader
{
    static readonly int[] Lengths = [1, 25, 100, 250];

    static readonly DepthLimits Limits = new(Lengths[^1], Lengths, _ => 1);

    readonly BitfinexBookFrames _book = new();

    public ReadOnlySpan<BookLevel> Levels => _book.Levels;

    public string? FaultOf(int levels) => Limits.FaultOf("Bitfinex", levels);

    // The colon of a symbol stands in a path as it is.
    public RestRequest RequestFor(string symbol, int levels) => new($"/v2/book/{symbol}/P0?len={levels}", Limits.Weight(levels));

    public RestRequest? ComparisonFor(StreamKey stream) => null;

    public bool TryRead(ReadOnlySpan<byte> body, out DepthAnswer answer)
    {
        answer = new DepthAnswer(EventStamp.None, EventStamp.None, EventStamp.None);
        var cursor = new JsonCursor(body);
        return _book.TryTakeLevels(ref cursor, out var isList) && isList && cursor.AtEnd() && IsWholeBook(_book.Levels);
    }

    // An empty list is no word of an empty book, and nothing can be deleted from a whole one.
    static bool IsWholeBook(ReadOnlySpan<BookLevel> levels)
    {
        var side = BookSide.Bid;
        foreach (ref readonly var level in levels)
        {
            if (level.Amount.IsZero || level.Price.IsNegative || (level.Side == BookSide.Bid && side == BookSide.Ask))
                return false;
            side = level.Side;
        }

        return !levels.IsEmpty;
    }
}
