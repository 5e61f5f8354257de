using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Compaction;

/// <summary>Sums up, row by row, what the manifest of a merged segment will say. One thread.</summary>
sealed class MergedSegment(MergeGroup group)
{
    long? _firstRecvUs;
    long _lastRecvUs;
    long? _firstSeq;
    long? _lastSeq;

    /// <summary>All rows taken so far.</summary>
    public RowChain Rows { get; private set; }

    /// <summary>Where the rows come from: what the old manifests say, in their order.</summary>
    public IReadOnlyList<JournalRange> Journal { get; } = [.. group.Segments.SelectMany(x => x.Manifest.Journal)];

    public IReadOnlyList<GapMark> Gaps { get; } =
        [.. group.Segments.SelectMany(x => x.Manifest.Gaps).OrderBy(gap => gap.RecvUs)];

    /// <summary>Takes note of the source's next rows.</summary>
    public void Add(MergeSource source, int count)
    {
        Rows = Rows.With(source.Hashes.AsSpan(source.Row, count));
        var times = source.RecvUs.Slice(source.Row, count);
        _firstRecvUs ??= times[0];
        _lastRecvUs = times[^1];
        AddSequences((FixedValues<long>)source.Table!["seq"], source.Row, count);
    }

    public SegmentManifest ToManifest(SealedFile file)
    {
        var first = group.Segments[0].Manifest;
        return new SegmentManifest
        {
            Stream = first.Stream,
            File = file.Name,
            Rows = Rows.Rows,
            Bytes = file.Bytes,
            Sha256 = file.Sha256,
            FirstRecvUs = _firstRecvUs!.Value,
            LastRecvUs = _lastRecvUs,
            FirstSeq = _firstSeq,
            LastSeq = _lastSeq,
            Journal = Journal,
            Gaps = Gaps,
            ChecksumsOk = Sum(x => x.ChecksumsOk),
            ChecksumsMismatched = Sum(x => x.ChecksumsMismatched),
            InexactValues = Sum(x => x.InexactValues),
            RoundedValues = Sum(x => x.RoundedValues),
            SchemaVersion = first.SchemaVersion,
            DecoderVersion = first.DecoderVersion,
            EndReason = EndReasons.Compacted,
            Replaces = [.. group.Segments.Select(x => new ReplacedSegment(x.Path, x.Manifest.Rows, x.Manifest.Sha256))],
        };
    }

    long Sum(Func<SegmentManifest, long> of) => group.Segments.Sum(x => of(x.Manifest));

    void AddSequences(FixedValues<long> sequences, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            if (sequences.IsNull(i) || sequences.Values[i] == EventStamp.None)
                continue;
            _firstSeq ??= sequences.Values[i];
            _lastSeq = sequences.Values[i];
        }
    }
}
