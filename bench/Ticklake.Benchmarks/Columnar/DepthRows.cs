using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ticklake.Columnar;

namespace Ticklake.Benchmarks.Columnar;

/// <summary>
/// The recorded depth updates of Binance spot and USD-M as flat rows, repeated with later times and higher ids to some
/// three million, cut into row groups.
/// </summary>
sealed class DepthRows
{
    const int Repetitions = 4;
    const long NanosPerMicro = 1000;

    static readonly string[] Files =
    [
        "binance_spot/hftbacktest_spot_btcusdt_20240808.gz", "binance_spot/hftbacktest_spot_btcusdt_20240809.gz",
        "binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz",
    ];

    readonly List<DepthRow> _rows = [];

    public static ColumnSchema[] Schema { get; } =
    [
        new("recv_ts", ColumnKind.TimestampMicros), new("exchange_ts", ColumnKind.TimestampMicros, IsNullable: true),
        new("symbol", ColumnKind.Utf8), new("side", ColumnKind.Utf8), new("price", ColumnKind.Double),
        new("amount", ColumnKind.Double), new("first_update_id", ColumnKind.Int64),
        new("last_update_id", ColumnKind.Int64), new("is_snapshot", ColumnKind.Boolean),
    ];

    public int Count => _rows.Count;

    /// <summary>Null where the recordings are absent.</summary>
    public static DepthRows? TryLoad(string fixtures)
    {
        var made = new DepthRows();
        foreach (var file in Files)
        {
            var path = Path.Combine(fixtures, file);
            if (!File.Exists(path))
                return null;
            made.Load(path);
        }

        made.Repeat();
        return made;
    }

    /// <summary>The rows as columns, in groups of so many.</summary>
    public List<IReadOnlyList<IReadOnlyList<ColumnPart>>> Cut(int groupRows)
    {
        var groups = new List<IReadOnlyList<IReadOnlyList<ColumnPart>>>();
        for (var first = 0; first < Count; first += groupRows)
            groups.Add(ToColumns(_rows.GetRange(first, Math.Min(groupRows, Count - first))));
        return groups;
    }

    static IReadOnlyList<IReadOnlyList<ColumnPart>> ToColumns(List<DepthRow> rows)
    {
        var count = rows.Count;
        return
        [
            [new Int64Part([.. rows.Select(row => row.Received)], count)],
            [
                new Int64Part(
                    [.. rows.Select(row => row.Stated ?? 0)], count, [.. rows.Select(row => row.Stated is null)]),
            ],
            [Texts(rows, _ => "BTCUSDT")],
            [Texts(rows, row => row.IsBid ? "bid" : "ask")],
            [new DoublePart([.. rows.Select(row => row.Price)], count)],
            [new DoublePart([.. rows.Select(row => row.Amount)], count)],
            [new Int64Part([.. rows.Select(row => row.FirstId)], count)],
            [new Int64Part([.. rows.Select(row => row.LastId)], count)],
            [new BooleanPart([.. rows.Select(row => row.IsSnapshot)], count)],
        ];
    }

    // As they come, one by one: no peer is told that a text is constant, so neither is our writer.
    static Utf8Part Texts(List<DepthRow> rows, Func<DepthRow, string> text)
    {
        var texts = rows.ConvertAll(row => text(row));
        var offsets = new int[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++)
            offsets[i + 1] = offsets[i] + texts[i].Length;
        return new Utf8Part(Encoding.ASCII.GetBytes(string.Concat(texts)), offsets, rows.Count);
    }

    void Load(string path)
    {
        using var plain = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var lines = new StreamReader(plain);
        while (lines.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var received = long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture) / NanosPerMicro;
            using var json = JsonDocument.Parse(line.AsMemory(space + 1));
            var root = json.RootElement;
            if (root.TryGetProperty("lastUpdateId", out var id))
                Add(received, root, (id.GetInt64(), id.GetInt64()), ("bids", "asks"));
            else if (root.GetProperty("stream").GetString()!.Contains("@depth", StringComparison.Ordinal))
                AddUpdate(received, root.GetProperty("data"));
        }
    }

    void AddUpdate(long received, JsonElement update) => Add(
        received, update, (update.GetProperty("U").GetInt64(), update.GetProperty("u").GetInt64()), ("b", "a"));

    void Add(long received, JsonElement from, (long First, long Last) ids, (string Bids, string Asks) names)
    {
        long? stated = from.TryGetProperty("E", out var time) ? time.GetInt64() * 1000 : null;
        var row = new DepthRow(received, stated, true, 0, 0, ids.First, ids.Last, names.Bids == "bids");
        foreach (var (isBid, name) in new[] { (true, names.Bids), (false, names.Asks) })
        {
            foreach (var level in from.GetProperty(name).EnumerateArray())
                _rows.Add(row with { IsBid = isBid, Price = Number(level[0]), Amount = Number(level[1]) });
        }
    }

    static double Number(JsonElement text) => double.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    void Repeat()
    {
        var count = _rows.Count;
        var time = _rows.Max(row => row.Received) - _rows.Min(row => row.Received) + 1_000_000;
        var ids = _rows.GroupBy(row => IsSpot(row)).ToDictionary(
            market => market.Key, market => market.Max(row => row.LastId) - market.Min(row => row.FirstId) + 1);
        for (var i = 1; i < Repetitions; i++)
        {
            for (var at = 0; at < count; at++)
            {
                var row = _rows[at];
                var shift = i * ids[IsSpot(row)];
                _rows.Add(row with
                {
                    Received = row.Received + (i * time),
                    Stated = row.Stated + (i * time),
                    FirstId = row.FirstId + shift,
                    LastId = row.LastId + shift,
                });
            }
        }

        // The ids of the two markets are two orders of magnitude apart.
        static bool IsSpot(DepthRow row) => row.FirstId < 1_000_000_000_000;
    }

    readonly record struct DepthRow(
        long Received,
        long? Stated,
        bool IsBid,
        double Price,
        double Amount,
        long FirstId,
        long LastId,
        bool IsSnapshot);
}
