using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Import;

/// <summary>What to import and where to.</summary>
public sealed record ImportRequest
{
    public required RecordingFormat Format { get; init; }

    public required MarketId Market { get; init; }

    /// <summary>The recording's files in order, plain or <c>.gz</c>; together they are one recording.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The folder that holds <c>journal/</c>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Bitfinex conf flags in force from the first frame on, or null.</summary>
    public long? ConfFlags { get; init; }
}

/// <summary>The recorders whose files can be imported.</summary>
public enum RecordingFormat : byte
{
    /// <summary>hftbacktest's collector: <c>&lt;time&gt; &lt;message&gt;</c> a line.</summary>
    Hftbacktest,

    /// <summary>cryptofeed: JSON lines of version 2, or the older text logs.</summary>
    Cryptofeed,

    /// <summary>Messages alone, separated by a line break or <c>;;</c>; binary ones as hex.</summary>
    Lines,
}

/// <summary>The one written form of each format.</summary>
public static class RecordingFormats
{
    static readonly string[] Names = ["hftbacktest", "cryptofeed", "lines"];

    public static IReadOnlyList<string> All => Names;

    public static string Name(this RecordingFormat format) => Names[(int)format];

    public static bool TryParse(string? name, out RecordingFormat format)
    {
        var index = Array.IndexOf(Names, name);
        format = index < 0 ? default : (RecordingFormat)index;
        return index >= 0;
    }
}
