using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Coverage;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;

namespace Ticklake.Tests.Simulated;

/// <summary>Compares the completeness ledger of a rig's lake with what the recorder found and what the simulator knows.</summary>
static class CoverageTruth
{
    // Holes that no finding declares: the stream did not come back, or had not begun.
    static readonly string[] Undeclared = ["stream_silent", "stream_refused", "heartbeat_lost", "poll_failed"];

    public static IReadOnlyList<StreamCoverage> Of(RecordingRig rig)
    {
        var ledger = CoverageLedger.Read(rig.Data, new SegmentCatalog(rig.Data, DiskFileSystem.Instance).Entries());
        ledger.Faults.ShouldBeEmpty();
        return ledger.Streams;
    }

    /// <summary>The ledger has the findings' holes, no other ones, and its hours say so.</summary>
    public static void ShouldAgree(RecordingRig rig)
    {
        var streams = Of(rig);
        var found = rig.Findings.Where(f => f.IsHole && f.Stream is not null)
            .Select(f => (f.Stream!, f.Kind, f.SourceFile, f.LineNumber, f.FromSeq, f.ToSeq)).ToHashSet();
        var declared = streams.Where(s => !DerivedStream.IsDerived(s.Stream))
            .SelectMany(s => s.Holes.Where(h => h.Line > 0 && !Undeclared.Contains(h.Reason))
                .Select(h => (s.Stream, h.Reason, h.SourceFile, h.Line, h.FromSeq, h.ToSeq))).ToHashSet();
        declared.ShouldBe(found, ignoreOrder: true, rig.Describe());
        foreach (var stream in streams)
        {
            stream.Holes.Where(h => h.Line == 0).ShouldAllBe(h => h.Reason == IntegrityKind.Disconnect);
            // A session that the exchange refused the stream proves nothing: not recorded, and never complete.
            foreach (var hour in stream.Hours.Where(h => !h.Reason.StartsWith("asked for", StringComparison.Ordinal)))
            {
                hour.Verdict.ShouldBe(
                    stream.Holes.Any(h => h.Span.Touches(hour.HourUs)) ? CoverageVerdict.Gap
                    : hour.Rows > 0 ? CoverageVerdict.Complete : CoverageVerdict.KnownEmpty,
                    $"{stream.Stream} {hour}; {rig.Describe()}");
            }
        }
    }

    /// <summary>Every trade that the simulator made and the lake has not lies in a hole of the ledger.</summary>
    public static void HolesShouldHoldWhatIsMissing(RecordingRig rig, RecordedLake lake, string venue)
    {
        var coverage = Of(rig).Single(s => s.Stream.Market.PathName == venue && s.Stream.Channel == Channel.Trades);
        var recorded = TrueRows.Times(lake, coverage.Stream);
        var truth = rig.Simulator.Truth.Trades(venue, TrueRows.Of(rig.Simulator, coverage.Stream).Name).Select(t => t.Id);
        foreach (var id in truth.Where(id => !recorded.ContainsKey(id) && id > recorded.Keys[0] && id < recorded.Keys[^1]))
        {
            var before = recorded.Last(r => r.Key < id).Value;
            var after = recorded.First(r => r.Key > id).Value;
            coverage.Holes.ShouldContain(
                h => h.FromUs <= Math.Max(before, after) && h.ToUs >= Math.Min(before, after), $"trade {id}; {rig.Describe()}");
        }
    }
}
