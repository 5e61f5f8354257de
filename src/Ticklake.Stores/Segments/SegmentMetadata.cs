using System.Globalization;
using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>What a segment's file says of itself in its key-value metadata; <c>verify</c> compares it with the manifest.</summary>
public static class SegmentMetadata
{
    public static KeyValuePair<string, string>[] Of(
        StreamKey stream, IReadOnlyList<JournalRange> journal, IReadOnlyList<GapMark> gaps) =>
    [
        new("ticklake.exchange", stream.Market.Exchange),
        new("ticklake.market", stream.Market.Market),
        new("ticklake.channel", stream.Channel.Name()),
        new("ticklake.symbol", stream.Symbol),
        new("ticklake.variant", stream.Variant),
        new("ticklake.schema_version", TableSchemas.Version.ToString(CultureInfo.InvariantCulture)),
        new("ticklake.journal", Encoding.UTF8.GetString(ManifestJson.WriteRanges(journal))),
        new("ticklake.gaps", Encoding.UTF8.GetString(ManifestJson.WriteGaps(gaps))),
    ];

    /// <summary>Of the <c>controls</c> rows that lie beside a stream's segment.</summary>
    internal static KeyValuePair<string, string>[] OfControlsBeside(StreamKey stream) =>
    [
        new("ticklake.exchange", stream.Market.Exchange),
        new("ticklake.market", stream.Market.Market),
        new("ticklake.channel", Channel.Controls.Name()),
        new("ticklake.beside", stream.ToString()),
        new("ticklake.schema_version", TableSchemas.Version.ToString(CultureInfo.InvariantCulture)),
    ];
}
