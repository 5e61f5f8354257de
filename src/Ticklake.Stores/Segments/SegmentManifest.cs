using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>A segment that another took the place of.</summary>
/// <param name="Path">Where its manifest was, relative to the data folder.</param>
/// <param name="Rows">How many rows it had.</param>
/// <param name="Sha256">Of its file, lower-case hexadecimal.</param>
public sealed record ReplacedSegment(string Path, long Rows, string Sha256);

/// <summary>
/// What is known of a sealed segment; its presence is what makes the segment sealed. Holds nothing that would differ in
/// a replay. <c>docs/format/manifest.md</c> describes its JSON.
/// </summary>
public sealed record SegmentManifest
{
    /// <summary>Version of the manifest's own form.</summary>
    public const int FormatVersion = 1;

    public required StreamKey Stream { get; init; }

    /// <summary>Name of the file, which lies beside the manifest.</summary>
    public required string File { get; init; }

    public required long Rows { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of the whole file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Receive time of the first row.</summary>
    public required long FirstRecvUs { get; init; }

    /// <summary>Receive time of the last row.</summary>
    public required long LastRecvUs { get; init; }

    /// <summary>The first sequence number among the rows, where any has one.</summary>
    public long? FirstSeq { get; init; }

    /// <summary>The last sequence number among the rows, where any has one.</summary>
    public long? LastSeq { get; init; }

    /// <summary>Where the rows come from, in row order.</summary>
    public required IReadOnlyList<JournalRange> Journal { get; init; }

    public IReadOnlyList<GapMark> Gaps { get; init; } = [];

    public long ChecksumsOk { get; init; }

    public long ChecksumsMismatched { get; init; }

    /// <summary>Numbers that the file's form of them cannot hold as the exchange sent them.</summary>
    public long InexactValues { get; init; }

    /// <summary>Numbers with more digits than an exact decimal holds.</summary>
    public long RoundedValues { get; init; }

    /// <summary><see cref="TableSchemas.Version"/> at the time.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Version of the decoders that derived the rows.</summary>
    public required int DecoderVersion { get; init; }

    /// <summary>One of <see cref="EndReasons"/>.</summary>
    public required string EndReason { get; init; }

    /// <summary>What lies beside the file, in layouts that give a segment a folder of its own.</summary>
    public IReadOnlyList<SideFile> SideFiles { get; init; } = [];
    /// <summary>
    /// The segments whose rows these are. From the moment this manifest is there they are sealed no more, whether or not
    /// their files are still to be seen.
    /// </summary>
    public IReadOnlyList<ReplacedSegment> Replaces { get; init; } = [];
}
