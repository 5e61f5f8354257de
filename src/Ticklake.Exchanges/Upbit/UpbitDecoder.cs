using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// Upbit frames to events: <c>{"type":…,"code":…}</c> with long names (DEFAULT) or short ones (SIMPLE), alone or in a list
/// (JSON_LIST, SIMPLE_LIST). The type stands first; where it does not the object is read twice. On its session's thread.
/// </summary>
sealed class UpbitDecoder : IFrameDecoder
{
    const string BadFrame = "no JSON object as documented for its type";

    readonly UpbitStreams _streams = new();
    readonly UpbitBookFrames _books = new();

    // What the object at hand holds; written once the frame has been read to its end.
    UpbitStreamKind _kind;
    NamedStream? _stream;
    UpbitTradeFrames _tradeFrames;
    UpbitTickerFrames _tickerFrames;
    UpbitCandleFrames _candleFrames;
    BookUpdate _book;
    TradeEvent _trade;
    CandleEvent _candle;

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        var cursor = new JsonCursor(frame);
        if (cursor.Next() == '[')
            return DecodeList(frame, writer);
        return TryTake(ref cursor, out var notice) && cursor.AtEnd() ? Write(notice, writer) : Refuse();
    }

    /// <summary>Nothing is asked for by REST.</summary>
    public FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        return FrameVerdict.Ignored;
    }

    /// <summary>Every frame names its stream: nothing has to be remembered from the requests.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
    }

    public IReadOnlyList<DecoderContext> Context() => [];

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
    }

    /// <summary>Read twice: nothing is written of a list whose end is broken.</summary>
    FrameVerdict DecodeList(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        var verdict = FrameVerdict.Ignored;
        foreach (var into in (ReadOnlySpan<IEventWriter?>)[null, writer])
        {
            var cursor = new JsonCursor(frame);
            cursor.Take((byte)'[');
            if (cursor.Take((byte)']'))
                return cursor.AtEnd() ? FrameVerdict.Ignored : Refuse();
            do
            {
                if (!TryTake(ref cursor, out var notice))
                    return Refuse();
                if (into is not null && Write(notice, into) == FrameVerdict.Decoded)
                    verdict = FrameVerdict.Decoded;
            }
            while (cursor.Take((byte)','));
            if (!cursor.Take((byte)']') || !cursor.AtEnd())
                return Refuse();
        }

        return verdict;
    }

    /// <summary>Takes one object; gives its text where it is no market data.</summary>
    bool TryTake(ref JsonCursor cursor, out ReadOnlySpan<byte> notice)
    {
        notice = default;
        _stream = null;
        _kind = UpbitStreamKind.None;
        var start = cursor;
        if (cursor.Take((byte)'{') && cursor.TakeKey(out var key) && UpbitValues.Is(key, "type"u8, "ty"u8)
            && cursor.TakeString(out var type) && UpbitTypes.KindOf(type) is var kind and not UpbitStreamKind.None)
            return cursor.Take((byte)',') && TryTakeMembers(ref cursor, kind, type);

        cursor = start;
        if (cursor.Next() != '{' || !cursor.TakeValue(out var text))
            return false;
        if (!TryFindType(text, out type))
            notice = text;
        else if (UpbitTypes.KindOf(type) is var late and not UpbitStreamKind.None)
        {
            var again = new JsonCursor(text);
            return again.Take((byte)'{') && TryTakeMembers(ref again, late, type);
        }

        return true;
    }

    static bool TryFindType(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> type)
    {
        type = default;
        var cursor = new JsonCursor(text);
        cursor.Take((byte)'{');
        while (cursor.TakeKey(out var key))
        {
            if (UpbitValues.Is(key, "type"u8, "ty"u8))
                return cursor.TakeString(out type);
            if (!cursor.Skip() || !cursor.Take((byte)','))
                return false;
        }

        return false;
    }

    bool TryTakeMembers(ref JsonCursor cursor, UpbitStreamKind kind, ReadOnlySpan<byte> type)
    {
        ReadOnlySpan<byte> code = default;
        Begin(kind);
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = UpbitValues.Is(key, "code"u8, "cd"u8) ? cursor.TakeString(out code)
                : UpbitValues.Is(key, "type"u8, "ty"u8) ? cursor.Skip()
                : kind switch
                {
                    UpbitStreamKind.Book => _books.TryTakeMember(ref cursor, key),
                    UpbitStreamKind.Trade => _tradeFrames.TryTakeMember(ref cursor, key),
                    UpbitStreamKind.Ticker => _tickerFrames.TryTakeMember(ref cursor, key),
                    _ => _candleFrames.TryTakeMember(ref cursor, key),
                };
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || code.IsEmpty || !TryFinish(kind))
            return false;
        _kind = kind;
        _stream = kind == UpbitStreamKind.Book && _books.IsGrouped ? null : _streams.Find(kind, type, code);
        return true;
    }

    void Begin(UpbitStreamKind kind)
    {
        switch (kind)
        {
            case UpbitStreamKind.Book:
                _books.Begin();
                break;
            case UpbitStreamKind.Trade:
                _tradeFrames = new UpbitTradeFrames();
                break;
            case UpbitStreamKind.Ticker:
                _tickerFrames = new UpbitTickerFrames();
                break;
            default:
                _candleFrames = new UpbitCandleFrames();
                break;
        }
    }

    bool TryFinish(UpbitStreamKind kind) => kind switch
    {
        UpbitStreamKind.Book => _books.TryFinish(out _book),
        UpbitStreamKind.Trade => _tradeFrames.TryFinish(out _trade),
        UpbitStreamKind.Ticker => true,
        _ => _candleFrames.TryFinish(out _candle),
    };

    FrameVerdict Write(ReadOnlySpan<byte> notice, IEventWriter writer)
    {
        if (!notice.IsEmpty)
            return UpbitNotices.TryWrite(notice, writer) ? FrameVerdict.Decoded : FrameVerdict.Ignored;
        if (_stream is null)
            return FrameVerdict.Ignored;
        var slot = _streams.SlotOf(_kind, _stream, writer);
        switch (_kind)
        {
            case UpbitStreamKind.Book:
                writer.Write(slot, _book, _books.Levels);
                break;
            case UpbitStreamKind.Trade:
                writer.Write(slot, _trade);
                break;
            case UpbitStreamKind.Ticker:
                writer.Write(slot, _tickerFrames.Finish());
                break;
            default:
                writer.Write(slot, _candle);
                break;
        }

        return FrameVerdict.Decoded;
    }

    FrameVerdict Refuse()
    {
        LastFault = BadFrame;
        return FrameVerdict.Malformed;
    }
}
