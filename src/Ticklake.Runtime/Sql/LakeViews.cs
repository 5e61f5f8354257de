using System.Text;
using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Sql;

/// <summary>
/// The tables of a lake as DuckDB's views: one a channel, over the sealed files that the catalogue lists (a pattern over the
/// folders would also find what is just being written).
/// </summary>
public sealed class LakeViews
{
    const string Parquet = ".parquet";

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
        else if (!segment.FilePath.EndsWith(Parquet, StringComparison.Ordinal))
            _faults.Add($"segments of {segment.Stream.Channel.Name()} are no Parquet files: their rows are left out");
        else
            return true;
        return false;
    }

    static string View(string name, Channel channel, IReadOnlyList<string> files)
    {
        var view = new StringBuilder($"CREATE VIEW {name} AS SELECT ");
        if (files.Count == 0)
            view.AppendJoin(", ", TableSchemas.Of(channel).Select(c => $"NULL::{TypeOf(c.Kind)} AS \"{c.Name}\"")).Append(" WHERE false");
        else
        {
            view.Append("* FROM read_parquet([").AppendJoin(", ", files.Select(Quote))
                .Append("], union_by_name = true, hive_partitioning = false)");
        }

        return view.Append(";\n").ToString();
    }

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
