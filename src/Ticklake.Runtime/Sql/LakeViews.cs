using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Sql;

/// <summary>
/// The tables of a lake as DuckDB's views: one a channel, over the sealed files that the catalogue lists (a pattern over the
/// folders would also find what is just being written). DuckDB reads Parquet and CSV by itself; Arrow it does not.
/// </summary>
public sealed class LakeViews
{
    readonly List<string> _faults = [];

    public LakeViews(string lake, IEnumerable<CatalogEntry> segments)
    {
        var tables = segments.OrderBy(s => s.Manifest.FirstRecvUs).ThenBy(s => s.Path, StringComparer.Ordinal)
            .ToLookup(s => s.Stream.Channel);
        Statements = string.Concat(ChannelNames.All.Select(name => ChannelNames.TryParse(name, out var channel)
            ? View(name, channel, [.. tables[channel].Where(s => IsReadable(lake, s)).Select(s => Path.Combine(lake, s.FilePath))])
            : throw new InvalidOperationException(name)));
        Faults = [.. _faults.GroupBy(f => f).Select(g => $"{g.Count():N0} {g.Key}")];
    }

    /// <summary><c>CREATE VIEW</c> of every table, one a line; tables without rows are there and empty.</summary>
    public string Statements { get; }

    /// <summary>Segments that the views leave out, in words.</summary>
    public IReadOnlyList<string> Faults { get; }

    bool IsReadable(string lake, CatalogEntry segment)
    {
        if (!File.Exists(Path.Combine(lake, segment.FilePath)))
            _faults.Add($"segments of {segment.Stream.Channel.Name()} are not here (shipped or removed): their rows are left out");
        else if (SegmentFormat.OfName(segment.FilePath) == SegmentFormat.Arrow)
            _faults.Add($"segments of {segment.Stream.Channel.Name()} are Arrow files, which DuckDB does not read: their rows are left out");
        else
            return true;
        return false;
    }

    static string View(string name, Channel channel, IReadOnlyList<string> files)
    {
        var columns = TableSchemas.Of(channel);
        var csv = files.ToLookup(file => SegmentFormat.OfName(file) == SegmentFormat.Csv);
        List<string> parts = [];
        if (csv[false].Any())
            parts.Add($"SELECT * FROM read_parquet([{List(csv[false])}], union_by_name = true, hive_partitioning = false)");
        if (csv[true].Any())
            parts.Add(FromCsv(columns, csv[true]));
        if (parts.Count == 0)
            parts.Add($"SELECT {string.Join(", ", columns.Select(c => $"NULL::{TypeOf(c.Kind)} AS \"{c.Name}\""))} WHERE false");
        return $"CREATE VIEW {name} AS {string.Join(" UNION ALL BY NAME ", parts)};\n";
    }

    // As docs/format/csv.md has them: times as microseconds, an empty text in quotes, numbers as the exchange wrote them.
    static string FromCsv(IReadOnlyList<ColumnSchema> columns, IEnumerable<string> files)
    {
        var values = columns.Select(c => c.Kind switch
        {
            ColumnKind.Utf8 => $"\"{c.Name}\"",
            ColumnKind.TimestampMicros => $"make_timestamp(\"{c.Name}\"::BIGINT) AT TIME ZONE 'UTC' AS \"{c.Name}\"",
            _ => $"\"{c.Name}\"::{TypeOf(c.Kind)} AS \"{c.Name}\"",
        });
        return $"SELECT {string.Join(", ", values)} FROM read_csv([{List(files)}], header = true, all_varchar = true, "
            + "allow_quoted_nulls = false, hive_partitioning = false)";
    }

    static string List(IEnumerable<string> files) => string.Join(", ", files.Select(Quote));

    static string Quote(string path) => $"'{path.Replace('\\', '/').Replace("'", "''", StringComparison.Ordinal)}'";

    static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Int32 => "INTEGER",
        ColumnKind.Int64 => "BIGINT",
        ColumnKind.TimestampMicros => "TIMESTAMPTZ",
        ColumnKind.Double => "DOUBLE",
        _ => "VARCHAR",
    };
}
