using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Journal;

/// <summary>What the first line of a journal file says about its session.</summary>
public sealed record JournalHeader
{
    public required MarketId Market { get; init; }

    /// <summary>
    /// Names the session; letters, digits, <c>.</c>, <c>-</c> and <c>_</c>, because it is a folder's name.
    /// </summary>
    public required string ConnId { get; init; }

    public string Url { get; init; } = "";

    /// <summary>The local address the connection was bound to, or null where the system chose.</summary>
    public string? LocalAddress { get; init; }

    /// <summary>Host and port of the proxy it went through, or null.</summary>
    public string? Proxy { get; init; }

    /// <summary>Bitfinex conf flags in force from the first frame on where the frames do not say, or null.</summary>
    public long? Flags { get; init; }

    /// <summary>The recorder that wrote the file.</summary>
    public string Version { get; init; } =
        typeof(JournalHeader).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The <c>conn_id</c> of the live session that this one replaces, or null.</summary>
    public string? Follows { get; init; }

    /// <summary>
    /// Rises from session to session of a lake, whatever the clock does; 0 where it is not known (imports).
    /// </summary>
    public long Order { get; init; }

    /// <summary>1 for the session's first file, 2 after its first rotation …</summary>
    public int Part { get; init; } = 1;

    /// <summary>Name of the session's previous file where <see cref="Part"/> is above 1.</summary>
    public string? After { get; init; }

    /// <summary>
    /// The normalised pairs of the session's symbols as the exchange listed them: rows must come out the same whatever the list
    /// says later. Empty where the list was not known.
    /// </summary>
    public IReadOnlyDictionary<string, string> Pairs { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Streams made from the books of this session: they are wanted by configuration, and rows must come out the same whatever it
    /// says later.
    /// </summary>
    public IReadOnlyList<DerivedStream> Derived { get; init; } = [];

    /// <summary>
    /// What the session is to carry, streams made from its books left out: without it a stream that never delivers leaves no
    /// trace. Empty where it is not known (imports, journals of older recorders).
    /// </summary>
    public IReadOnlyList<StreamKey> Streams { get; init; } = [];

    /// <summary>Set where the frames were recorded by somebody else.</summary>
    public JournalImport? Imported { get; init; }

    /// <summary>The members after <c>"e":"open"</c>, without braces.</summary>
    internal byte[] ToMembers()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("exchange", Market.Exchange);
            json.WriteString("market", Market.Market);
            json.WriteString("conn_id", ConnId);
            json.WriteString("url", Url);
            if (LocalAddress is not null)
                json.WriteString("local", LocalAddress);
            if (Proxy is not null)
                json.WriteString("proxy", Proxy);
            if (Flags is { } flags)
                json.WriteNumber("flags", flags);
            json.WriteString("version", Version);
            json.WriteNumber("part", Part);
            if (Order > 0)
                json.WriteNumber("order", Order);
            if (After is not null)
                json.WriteString("after", After);
            if (Follows is not null)
                json.WriteString("follows", Follows);
            WritePairs(json);
            WriteDerived(json);
            WriteStreams(json);
            Imported?.WriteTo(json);
            json.WriteEndObject();
        }

        return stream.ToArray()[1..^1];
    }

    void WritePairs(Utf8JsonWriter json)
    {
        if (Pairs.Count == 0)
            return;
        json.WriteStartObject("pairs");
        foreach (var (symbol, pair) in Pairs)
            json.WriteString(symbol, pair);
        json.WriteEndObject();
    }

    void WriteDerived(Utf8JsonWriter json)
    {
        if (Derived.Count == 0)
            return;
        json.WriteStartArray("derived");
        foreach (var stream in Derived)
        {
            json.WriteStartObject();
            json.WriteString("channel", stream.Key.Channel.Name());
            json.WriteString("symbol", stream.Key.Symbol);
            json.WriteString("variant", stream.Key.Variant);
            if (stream.Book.Variant.Length > 0)
                json.WriteString("book", stream.Book.Variant);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A thousand streams are a few kilobytes this way.
    void WriteStreams(Utf8JsonWriter json)
    {
        if (Streams.Count == 0)
            return;
        json.WriteStartObject("streams");
        foreach (var channel in Streams.GroupBy(s => s.ChannelName))
        {
            json.WriteStartArray(channel.Key);
            foreach (var stream in channel)
                json.WriteStringValue(stream.Symbol);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads an <c>open</c> line; false where the line is none or lacks what a session needs.</summary>
    public static bool TryParse(in JournalLine line, out JournalHeader? header)
    {
        header = null;
        if (line.Kind != JournalLineKind.Occurrence || !line.Occurrence.SequenceEqual("open"u8))
            return false;
        try
        {
            var reader = new Utf8JsonReader(line.Payload);
            using var document = JsonDocument.ParseValue(ref reader);
            header = From(document.RootElement);
            return header is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads the members of an <c>open</c> line; null where it lacks what a session needs.</summary>
    internal static JournalHeader? From(JsonElement root)
    {
        if (Text(root, "exchange") is not { } exchange || Text(root, "market") is not { } market
            || Text(root, "conn_id") is not { } connId)
            return null;
        return new JournalHeader
        {
            Market = new MarketId(exchange, market),
            ConnId = connId,
            Url = Text(root, "url") ?? "",
            LocalAddress = Text(root, "local"),
            Proxy = Text(root, "proxy"),
            Flags = Number(root, "flags"),
            Version = Text(root, "version") ?? "",
            Follows = Text(root, "follows"),
            Order = Number(root, "order") ?? 0,
            Part = (int)Math.Clamp(Number(root, "part") ?? 1, 1, int.MaxValue),
            After = Text(root, "after"),
            Imported = JournalImport.From(root),
            Pairs = PairsOf(root),
            Derived = [.. DerivedOf(root, new MarketId(exchange, market))],
            Streams = [.. StreamsOf(root, new MarketId(exchange, market))],
        };
    }

    static Dictionary<string, string> PairsOf(JsonElement root)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty("pairs", out var map) && map.ValueKind == JsonValueKind.Object)
        {
            foreach (var pair in map.EnumerateObject())
                pairs[pair.Name] = pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Name;
        }

        return pairs;
    }

    // What this version does not know is left out: its rows were made by another one.
    static IEnumerable<DerivedStream> DerivedOf(JsonElement root, MarketId market)
    {
        if (!root.TryGetProperty("derived", out var list) || list.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && Text(item, "symbol") is { } symbol
                && ChannelNames.TryParse(Text(item, "channel"), out var channel)
                && DerivedStream.TryParse(
                    new StreamKey(market, channel, symbol, Text(item, "variant") ?? ""),
                    new StreamKey(market, Channel.Books, symbol, Text(item, "book") ?? ""),
                    out var derived))
                yield return derived;
        }
    }

    static IEnumerable<StreamKey> StreamsOf(JsonElement root, MarketId market)
    {
        if (!root.TryGetProperty("streams", out var channels) || channels.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var channel in channels.EnumerateObject().Where(c => c.Value.ValueKind == JsonValueKind.Array))
        {
            foreach (var symbol in channel.Value.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.String))
            {
                if (StreamKey.TryOf(market, channel.Name, symbol.GetString()!, out var key))
                    yield return key;
            }
        }
    }

    static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number) ? number : null;
}
