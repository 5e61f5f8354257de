using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>
/// Where segments lie below the data folder: one of the presets of design.md section 6. Paths use forward slashes and
/// depend on nothing but the stream and its rows.
/// </summary>
public sealed class SegmentLayout
{
    const string Source = "websocket";
    const long BytesPerMegabyte = 1 << 20;

    // Exchanges whose symbols begin with a lower-case letter: t for trading pairs, f for funding.
    static readonly string[] LowerFirst = ["bitfinex"];

    SegmentLayout(string name, TimeSpan boundary, bool sealsFolders)
    {
        Name = name;
        Boundary = boundary;
        SealsFolders = sealsFolders;
    }

    /// <summary>A folder a day, a file a segment.</summary>
    public static SegmentLayout Daily { get; } = new("daily", TimeSpan.FromDays(1), sealsFolders: false);

    /// <summary>A folder an hour, in it a folder a segment that holds the file and its manifest.</summary>
    public static SegmentLayout Segments { get; } = new("segments", TimeSpan.FromHours(1), sealsFolders: true);

    public static IReadOnlyList<SegmentLayout> All { get; } = [Daily, Segments];

    /// <summary>What a configuration calls it.</summary>
    public string Name { get; }

    /// <summary>
    /// No segment lies across a multiple of this since the epoch, because its folder could not say so.
    /// </summary>
    public TimeSpan Boundary { get; }

    /// <summary>A sealed segment is a folder of its own; else a file with its manifest beside it.</summary>
    public bool SealsFolders { get; }

    public static SegmentLayout? Find(string name) => All.FirstOrDefault(layout => layout.Name == name);

    /// <summary>The folder that segments beginning at this time lie in.</summary>
    public string Folder(StreamKey stream, long firstRecvUs)
    {
        var place = $"{Channel(stream)}/{Symbol(stream)}/dt={UtcText.Day(firstRecvUs)}";
        var exchange = stream.Market.PathName;
        return SealsFolders
            ? $"{exchange}/v2/{place}/hour={UtcText.Hour(firstRecvUs)}"
            : $"{exchange}/{Source}/{place}";
    }

    /// <summary>The file's name; <paramref name="number"/> counts those that begin in the same second.</summary>
    public string FileName(StreamKey stream, long firstRecvUs, int number, string extension)
    {
        var start = UtcText.Compact(firstRecvUs);
        return SealsFolders
            ? string.Create(CultureInfo.InvariantCulture,
                $"part-{Channel(stream)}-{Symbol(stream)}-{start}-{number:D4}.{extension}")
            : $"{Channel(stream)}-{start}{Suffix(number)}.{extension}";
    }

    /// <summary>The name of a sealed segment's own folder.</summary>
    public static string SealedFolder(long firstRecvUs, long lastRecvUs, long bytes, int number)
    {
        var megabytes = (bytes + BytesPerMegabyte - 1) / BytesPerMegabyte;
        return string.Create(CultureInfo.InvariantCulture,
            $"seg={UtcText.Compact(firstRecvUs)}--{UtcText.Compact(lastRecvUs)}--size~{megabytes}MB{Suffix(number)}");
    }

    public override string ToString() => Name;

    static string Channel(StreamKey stream) => stream.Variant.Length == 0
        ? stream.Channel.Name()
        : $"{stream.Channel.Name()}_{PathName.Escape(stream.Variant, PathCase.Variant)}";

    static string Symbol(StreamKey stream) =>
        PathName.Escape(
            stream.Symbol,
            LowerFirst.Contains(stream.Market.Exchange) ? PathCase.LowerFirst : PathCase.Upper);

    static string Suffix(int number) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
}
