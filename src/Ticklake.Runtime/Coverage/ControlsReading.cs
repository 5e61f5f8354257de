using System.Text.Json;
using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Coverage;

/// <summary>Reads the <c>controls</c> rows of segments.</summary>
static class ControlsReading
{
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IEnumerable<ControlRecord> Read(MarketId market, string path)
    {
        using var reader = SegmentFile.Open(path);
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var table = reader.Read(group);
            for (var row = 0; row < table.RowCount; row++)
                yield return Read(market, table, row);
        }
    }

    static ControlRecord Read(MarketId market, ColumnTable table, int row)
    {
        var detail = Parse((string)table["detail"][row]!);
        var record = new ControlRecord(
            (long)table["recv_ts"][row]!, (string)table["kind"][row]!, (string)table["conn_id"][row]!, null, detail)
        {
            FromSeq = (long?)table["from_seq"][row] ?? EventStamp.None,
            ToSeq = (long?)table["to_seq"][row] ?? EventStamp.None,
            SourceFile = (string)table["source_file"][row]!,
            Line = (long)table["line_no"][row]!,
        };
        return record with
        {
            Stream = StreamOf(market, (string)table["channel"][row]!, (string)table["symbol"][row]!, record),
        };
    }

    // Occurrences are rows of the connection, and name their stream in the detail.
    static StreamKey? StreamOf(MarketId market, string channel, string symbol, ControlRecord record)
    {
        if (channel == Channel.Controls.Name())
            (channel, symbol) = (record.Text("channel") ?? "", record.Text("symbol") ?? "");
        return channel.Length > 0 && StreamKey.TryOf(market, channel, symbol, out var key) && key.Channel != Channel.Controls
            ? key
            : null;
    }

    static JsonElement Parse(string detail)
    {
        try
        {
            using var document = JsonDocument.Parse(detail);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
