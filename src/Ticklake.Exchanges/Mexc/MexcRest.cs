using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// REST answers of a session: book snapshots, <c>GET /api/v3/depth</c>. The body names no symbol, the query does.
/// </summary>
sealed class MexcRest(MexcStreams streams, MexcBookFrames books)
{
    public const string BadSnapshot = "depth snapshot not as documented";

    /// <summary>As the documents of 2026 say; those of 2025 say 1 (mexc.md 6).</summary>
    public const int SnapshotWeight = 3;

    // Larger limits are cut to 2,000 a side without a word (mexc.md 5); the document's own procedure asks for these.
    const int SnapshotLevels = 5000;
    const string DepthPath = "/api/v3/depth?";
    const string SymbolQuery = "symbol=";

    public static string DepthQuery(string symbol) => DepthQuery(symbol, SnapshotLevels);

    public static string DepthQuery(string symbol, int levels) =>
        $"{DepthPath}{SymbolQuery}{Uri.EscapeDataString(symbol)}&limit={levels}";

    public FrameVerdict Decode(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        if (status != 200)
        {
            writer.Notice(new ServerNotice(NoticeKind.Other) { Code = status, Text = Encoding.UTF8.GetString(path) });
            return FrameVerdict.Ignored;
        }

        if (SymbolOf(Encoding.UTF8.GetString(path)) is not { } symbol)
            return FrameVerdict.Ignored;
        // A 200 may hold an error object all the same; it has no lastUpdateId.
        var cursor = new JsonCursor(body);
        if (!books.TryTakeAnswer(ref cursor, out var update))
            return FrameVerdict.Malformed;
        Write(symbol, update, writer);
        return FrameVerdict.Decoded;
    }

    /// <summary>To every depth stream of the symbol; before the first has delivered, to the default one.</summary>
    void Write(string symbol, in BookUpdate update, IEventWriter writer)
    {
        var isWritten = false;
        foreach (var stream in streams.Open)
        {
            if (stream.Kind != MexcStreamKind.Depth || stream.Key.Symbol != symbol)
                continue;
            writer.Write(streams.SlotOf(stream, writer), update, books.Levels);
            isWritten = true;
        }

        if (isWritten)
            return;
        var key = new StreamKey(MexcExchange.Spot, Channel.Books, symbol);
        writer.Write(writer.Open(key, StreamTags.Empty), update, books.Levels);
    }

    static string? SymbolOf(string path)
    {
        if (!path.StartsWith(DepthPath, StringComparison.Ordinal))
            return null;
        foreach (var part in path[DepthPath.Length..].Split('&'))
        {
            if (part.StartsWith(SymbolQuery, StringComparison.Ordinal))
                return Uri.UnescapeDataString(part[SymbolQuery.Length..]);
        }

        return null;
    }
}
