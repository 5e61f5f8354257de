using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>Counts up, batch by batch, what a segment's manifest will say. Store thread only.</summary>
sealed class SegmentTally
{
    readonly List<JournalRange> _journal = [];
    readonly List<GapMark> _gaps = [];
    long? _firstSeq;
    long? _lastSeq;
    long _checksumsOk;
    long _checksumsMismatched;
    long _inexact;
    long _rounded;

    public long Rows { get; private set; }

    public IReadOnlyList<JournalRange> Journal => _journal;

    public IReadOnlyList<GapMark> Gaps => _gaps;

    public long FirstRecvUs { get; private set; }

    public long LastRecvUs { get; private set; }

    /// <summary>Takes note of a batch that joins the segment.</summary>
    public void Add(RowBatch batch)
    {
        if (Rows == 0)
            FirstRecvUs = batch.FirstRecvUs;
        Rows += batch.Count;
        LastRecvUs = batch.RecvUs[^1];
        AddSequences(batch.Sequences);
        AddRange(batch);
        _gaps.AddRange(batch.Gaps);
        CountChecksums(batch.ChecksumsOk, batch.ChecksumsMismatched);
    }

    public void Add(GapMark gap) => _gaps.Add(gap);

    public void CountChecksums(long ok, long mismatched)
    {
        _checksumsOk += ok;
        _checksumsMismatched += mismatched;
    }

    public void CountNumbers(long inexact, long rounded)
    {
        _inexact += inexact;
        _rounded += rounded;
    }

    public SegmentManifest ToManifest(StreamKey stream, SealedFile file, string endReason, int decoderVersion) => new()
    {
        Stream = stream,
        File = file.Name,
        Rows = Rows,
        Bytes = file.Bytes,
        Sha256 = file.Sha256,
        FirstRecvUs = FirstRecvUs,
        LastRecvUs = LastRecvUs,
        FirstSeq = _firstSeq,
        LastSeq = _lastSeq,
        Journal = [.. _journal],
        Gaps = [.. _gaps],
        ChecksumsOk = _checksumsOk,
        ChecksumsMismatched = _checksumsMismatched,
        InexactValues = _inexact,
        RoundedValues = _rounded,
        SchemaVersion = TableSchemas.Version,
        DecoderVersion = decoderVersion,
        EndReason = endReason,
    };

    void AddSequences(ReadOnlySpan<long> sequences)
    {
        var first = sequences.IndexOfAnyExcept(EventStamp.None);
        if (first < 0)
            return;
        _firstSeq ??= sequences[first];
        _lastSeq = sequences[sequences.LastIndexOfAnyExcept(EventStamp.None)];
    }

    void AddRange(RowBatch batch)
    {
        var next = new JournalRange(batch.Header.SourceFile, batch.FirstLine, batch.LastLine, batch.Count);
        // A batch that goes back in its file was derived again later: it cannot be told as one range with what was
        // there.
        if (_journal is [.., var last] && !batch.StartsRange
            && last.File == next.File && next.FirstLine >= last.LastLine)
            _journal[^1] = last with { LastLine = next.LastLine, Rows = last.Rows + next.Rows };
        else
            _journal.Add(next);
    }
}

/// <summary>A finished file: its name, size and hash.</summary>
readonly record struct SealedFile(string Name, long Bytes, string Sha256);
