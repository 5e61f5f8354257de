using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges;

/// <summary>What the members of a REST book are called; empty where an exchange has none.</summary>
/// <param name="Envelope">The member that holds the book, or the list whose only element it is.</param>
/// <param name="Bids">
/// Best first, levels <c>["price","amount", …]</c>, or objects where <paramref name="Price"/> names a member.
/// </param>
/// <param name="Asks">The same.</param>
/// <param name="Id">The last update's number.</param>
/// <param name="Sequence">The matching engine's number.</param>
/// <param name="Time">Milliseconds, quoted or not, or a text in UTC.</param>
/// <param name="Price">A level's price, where levels are objects.</param>
/// <param name="Amount">A level's amount, where levels are objects.</param>
sealed record DepthForm(
    string Envelope = "",
    string Bids = "bids",
    string Asks = "asks",
    string Id = "",
    string Sequence = "",
    string Time = "",
    string Price = "",
    string Amount = "");

/// <summary>The levels that may be asked for and what they cost.</summary>
/// <param name="Most">The most a side.</param>
/// <param name="Only">The only ones, or null where every number is taken.</param>
/// <param name="Weight">What so many cost.</param>
sealed record DepthLimits(int Most, IReadOnlyList<int>? Only, Func<int, int> Weight)
{
    /// <inheritdoc cref="IDepthReader.FaultOf"/>
    public string? FaultOf(string exchange, int levels)
    {
        if (levels < 1 || levels > Most)
            return $"{exchange} answers with 1 to {Most} levels a side";
        return Only is { } only && !only.Contains(levels)
            ? $"{exchange} answers with {string.Join(", ", only)} levels a side"
            : null;
    }
}

/// <summary>Reads REST books that are JSON objects, which all but few exchanges send, whatever their members are called.</summary>
/// <param name="exchange">For messages.</param>
/// <param name="form">What members are called.</param>
/// <param name="limits">What may be asked for.</param>
/// <param name="query">Path and query for a symbol and a number of levels.</param>
/// <param name="comparedLevels">Levels to compare a stream with, or null where it cannot be.</param>
sealed class JsonDepthReader(
    string exchange,
    DepthForm form,
    DepthLimits limits,
    Func<string, int, string> query,
    Func<StreamKey, int?> comparedLevels) : IDepthReader
{
    readonly byte[] _envelope = Encoding.UTF8.GetBytes(form.Envelope);
    readonly byte[] _bidsName = Encoding.UTF8.GetBytes(form.Bids);
    readonly byte[] _asksName = Encoding.UTF8.GetBytes(form.Asks);
    readonly byte[] _idName = Encoding.UTF8.GetBytes(form.Id);
    readonly byte[] _sequenceName = Encoding.UTF8.GetBytes(form.Sequence);
    readonly byte[] _timeName = Encoding.UTF8.GetBytes(form.Time);
    readonly byte[] _priceName = Encoding.UTF8.GetBytes(form.Price);
    readonly byte[] _amountName = Encoding.UTF8.GetBytes(form.Amount);
    readonly JsonLevels _levels = new();
    readonly JsonLevels _asks = new();
    bool _hasBids;
    bool _hasAsks;
    DepthAnswer _answer;

    public ReadOnlySpan<BookLevel> Levels => _levels.Written;

    public string? FaultOf(int levels) => limits.FaultOf(exchange, levels);

    public RestRequest RequestFor(string symbol, int levels) => new(query(symbol, levels), limits.Weight(levels));

    public RestRequest? ComparisonFor(StreamKey stream) =>
        stream.Channel == Channel.Books && comparedLevels(stream) is { } levels ? RequestFor(stream.Symbol, levels) : null;

    public bool TryRead(ReadOnlySpan<byte> body, out DepthAnswer answer)
    {
        _levels.Clear();
        _asks.Clear();
        (_hasBids, _hasAsks) = (false, false);
        _answer = new DepthAnswer(EventStamp.None, EventStamp.None, EventStamp.None);
        var cursor = new JsonCursor(body);
        var isRead = TryTakeObject(ref cursor, isOutermost: true) && cursor.AtEnd() && _hasBids && _hasAsks
            && (_idName.Length == 0 || _answer.LastUpdateId != EventStamp.None);
        answer = _answer;
        foreach (ref readonly var level in _asks.Written)
            _levels.Add(level);
        return isRead;
    }

    bool TryTakeObject(ref JsonCursor cursor, bool isOutermost)
    {
        if (!cursor.Take((byte)'{'))
            return false;
        if (cursor.Take((byte)'}'))
            return true;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = isOutermost && _envelope.Length > 0
                ? key.SequenceEqual(_envelope) ? TryTakeEnvelope(ref cursor) : cursor.Skip()
                : TryTakeMember(ref cursor, key);
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}');
    }

    bool TryTakeEnvelope(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'['))
            return TryTakeObject(ref cursor, isOutermost: false);
        return cursor.Take((byte)']') || (TryTakeObject(ref cursor, isOutermost: false) && cursor.Take((byte)']'));
    }

    bool TryTakeMember(ref JsonCursor cursor, ReadOnlySpan<byte> key)
    {
        if (key.SequenceEqual(_bidsName))
            return !_hasBids && (_hasBids = TryTakeSide(ref cursor, _levels, BookSide.Bid));
        if (key.SequenceEqual(_asksName))
            return !_hasAsks && (_hasAsks = TryTakeSide(ref cursor, _asks, BookSide.Ask));
        if (key.SequenceEqual(_timeName))
        {
            var hasTime = TryTakeTime(ref cursor, out var time);
            _answer = _answer with { TimeUs = time };
            return hasTime;
        }

        if (key.SequenceEqual(_idName))
        {
            var hasId = cursor.TakeInt64(out var id);
            _answer = _answer with { LastUpdateId = id };
            return hasId;
        }

        if (!key.SequenceEqual(_sequenceName))
            return cursor.Skip();
        var hasSequence = cursor.TakeInt64(out var sequence);
        _answer = _answer with { Sequence = sequence };
        return hasSequence;
    }

    bool TryTakeSide(ref JsonCursor cursor, JsonLevels levels, BookSide side) => _priceName.Length == 0
        ? levels.TryTake(ref cursor, side)
        : levels.TryTakeObjects(ref cursor, side, _priceName, _amountName);

    static bool TryTakeTime(ref JsonCursor cursor, out long time)
    {
        if (cursor.Next() != '"')
            return JsonTimes.TryTake(ref cursor, out time);
        var start = cursor;
        if (JsonTimes.TryTakeQuoted(ref cursor, out time))
            return true;
        cursor = start;
        if (!cursor.TakeString(out var text) || !JsonTimes.TryParseUtc(text, out time))
            return false;
        // The epoch stands for "unknown" (coinbase.md 4.8).
        if (time <= 0)
            time = EventStamp.None;
        return true;
    }
}
