using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// REST answers of a session: book snapshots, <c>GET /api/v3/depth</c> and its like on futures. The body names no symbol,
/// the query does.
/// </summary>
sealed class BinanceRest(BinanceProfile profile, BinanceStreams streams, BinanceBookFrames books)
{
    public const string BadSnapshot = "depth snapshot not as documented";

    // 50 of the 6,000 a minute on spot, 20 of 2,400 on futures: 120 symbols a minute after a mass reconnect.
    const int SnapshotLevels = 1000;
    const string SymbolQuery = "symbol=";

    public static string DepthQuery(BinanceProfile profile, string symbol, int levels = SnapshotLevels) =>
        $"{profile.DepthPath}?{SymbolQuery}{Uri.EscapeDataString(symbol)}&limit={levels}";

    public FrameVerdict Decode(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        if (status != 200)
        {
            writer.Notice(new ServerNotice(NoticeKind.Other) { Code = status, Text = Encoding.UTF8.GetString(path) });
            return FrameVerdict.Ignored;
        }

        if (SymbolOf(Encoding.UTF8.GetString(path)) is not { } symbol)
            return FrameVerdict.Ignored;
        var cursor = new JsonCursor(body);
        if (!books.TryTakeWhole(ref cursor, out var id, out var time) || !cursor.AtEnd())
            return FrameVerdict.Malformed;
        Write(symbol, new EventStamp(id, time), writer);
        return FrameVerdict.Decoded;
    }

    /// <summary>To every depth stream of the symbol; before the first has delivered, to the default one.</summary>
    void Write(string symbol, EventStamp stamp, IEventWriter writer)
    {
        var update = new BookUpdate(
            stamp, IsSnapshot: true, EventStamp.None, LastUpdateId: stamp.Seq, EventStamp.None, EventStamp.None);
        var isWritten = false;
        foreach (var stream in streams.Open)
        {
            if (stream.Kind != BinanceStreamKind.Depth || stream.Key.Symbol != symbol)
                continue;
            writer.Write(streams.SlotOf(stream, writer), update, books.Levels);
            isWritten = true;
        }

        if (isWritten)
            return;
        // Opened by its name, so that the stream's own first frame does not open it anew.
        var key = new StreamKey(profile.Market, Channel.Books, symbol);
        if (streams.Find(Encoding.UTF8.GetBytes(BinanceStreamName.Of(key))) is { } awaited)
            writer.Write(streams.SlotOf(awaited, writer), update, books.Levels);
    }

    string? SymbolOf(string path)
    {
        var query = profile.DepthPath.Length;
        if (!path.StartsWith(profile.DepthPath, StringComparison.Ordinal) || path.Length <= query || path[query] != '?')
            return null;
        foreach (var part in path[(query + 1)..].Split('&'))
        {
            if (part.StartsWith(SymbolQuery, StringComparison.Ordinal))
                return Uri.UnescapeDataString(part[SymbolQuery.Length..]);
        }

        return null;
    }
}
