using System.Text;
using Ticklake.Core.Events;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// REST answers of a session: books, <c>GET /api/v4/spot/order_book</c>. The body names no pair, the query does; its limit
/// tells which of the pair's two streams it is for. They come out of a cache and are often older than the stream.
/// </summary>
sealed class GateioRest(GateioStreams streams, GateioBookFrames books)
{
    public const string BadSnapshot = "order book not as documented";

    /// <summary>Requests are counted, not weighed.</summary>
    public const int SnapshotWeight = 1;

    const string BookPath = "/api/v4/spot/order_book?";

    /// <summary>Deeper levels are never updated by the stream: asked for are those that it keeps.</summary>
    public static string BookQuery(string symbol, string levels) =>
        $"{BookPath}currency_pair={Uri.EscapeDataString(symbol)}&limit={levels}&with_id=true";

    public FrameVerdict Decode(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        var query = Encoding.UTF8.GetString(path);
        if (status != 200)
        {
            writer.Notice(new ServerNotice(NoticeKind.Other) { Code = status, Text = query });
            return FrameVerdict.Ignored;
        }

        if (!query.StartsWith(BookPath, StringComparison.Ordinal) || Parameter(query, "with_id") != "true"
            || Parameter(query, "currency_pair") is not { } symbol)
            return FrameVerdict.Ignored;
        var cursor = new Json.JsonCursor(body);
        if (!books.TryTakeAnswer(ref cursor, out var update) || !cursor.AtEnd())
            return FrameVerdict.Malformed;
        var levels = Parameter(query, "limit") == GateioChannels.FastUpdateLevels ? "20"u8 : "100"u8;
        if (streams.Find(GateioStreamKind.BookUpdate, Encoding.UTF8.GetBytes(symbol), levels) is not { } stream)
            return FrameVerdict.Ignored;
        writer.Write(streams.SlotOf(GateioStreamKind.BookUpdate, stream, writer), update, books.Levels);
        return FrameVerdict.Decoded;
    }

    static string? Parameter(string query, string name)
    {
        foreach (var part in query[BookPath.Length..].Split('&'))
        {
            if (part.StartsWith(name + "=", StringComparison.Ordinal))
                return Uri.UnescapeDataString(part[(name.Length + 1)..]);
        }

        return null;
    }
}
