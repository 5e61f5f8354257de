using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// <c>GET /v1/orderbook</c> (upbit.md 6.1): a list of one book in the shape of a frame. Streams are not compared with it: each
/// frame is the whole book.
/// </summary>
sealed class UpbitDepth : IDepthReader
{
    const int Most = 30;

    // Requests are counted, not weighed (6.4).
    static readonly DepthLimits Limits = new(Most, null, _ => 1);

    readonly UpbitBookFrames _book = new();

    public ReadOnlySpan<BookLevel> Levels => _book.Levels;

    public int PresetLevels => Most;

    public string? FaultOf(int levels) => Limits.FaultOf("Upbit", levels);

    public RestRequest RequestFor(string symbol, int levels) => new(
        $"/v1/orderbook?markets={Uri.EscapeDataString(symbol)}&level=0&count={levels}", Limits.Weight(levels));

    public RestRequest? ComparisonFor(StreamKey stream) => null;

    public bool TryRead(ReadOnlySpan<byte> body, out DepthAnswer answer)
    {
        answer = new DepthAnswer(EventStamp.None, EventStamp.None, EventStamp.None);
        _book.Begin();
        var cursor = new JsonCursor(body);
        if (!cursor.Take((byte)'[') || !TryTakeBook(ref cursor) || !cursor.Take((byte)']') || !cursor.AtEnd()
            || _book.IsGrouped || !_book.TryFinish(out var update))
            return false;
        answer = answer with { TimeUs = update.Stamp.ExchangeTimeUs };
        return true;
    }

    bool TryTakeBook(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key) || !_book.TryTakeMember(ref cursor, key))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}');
    }
}
