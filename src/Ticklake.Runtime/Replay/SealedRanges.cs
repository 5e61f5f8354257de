using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Replay;

/// <summary>The ranges of all manifests, by journal file and stream.</summary>
sealed class SealedRanges
{
    readonly Dictionary<(string File, StreamKey Stream), List<SealedRange>> _ranges = [];

    public IEnumerable<SealedRange> All => _ranges.Values.SelectMany(x => x);

    public void Add(SealedRange range)
    {
        var key = (range.Lines.File, range.Stream);
        if (!_ranges.TryGetValue(key, out var ranges))
            _ranges.Add(key, ranges = []);
        ranges.Add(range);
    }

    /// <summary>Puts the ranges in order, once all are there, and tells of lines that two segments claim.</summary>
    public void Settle(VerificationReport report)
    {
        foreach (var ranges in _ranges.Values)
        {
            ranges.Sort((left, right) => left.Lines.FirstLine.CompareTo(right.Lines.FirstLine));
            for (var i = 1; i < ranges.Count; i++)
            {
                var (before, range) = (ranges[i - 1], ranges[i]);
                if (range.Lines.FirstLine > before.Lines.LastLine)
                    continue;
                report.Add(new LakeDifference(
                    range.Segment, $"rows of these lines are also in {before.Segment}, up to line {before.Lines.LastLine}")
                {
                    Journal = $"{range.Lines.File}:{range.Lines.FirstLine}",
                });
            }
        }
    }

    /// <summary>In the order of their lines.</summary>
    public IReadOnlyList<SealedRange> Of(string file, StreamKey stream) =>
        _ranges.TryGetValue((file, stream), out var ranges) ? ranges : [];

    /// <summary>The range that a line lies in, looked for from <paramref name="near"/> on; null where there is none.</summary>
    public static SealedRange? Find(IReadOnlyList<SealedRange> ranges, long line, ref int near)
    {
        if (near < ranges.Count && ranges[near].Contains(line))
            return ranges[near];
        var (low, high) = (0, ranges.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].Lines.LastLine < line)
                low = middle + 1;
            else
                high = middle - 1;
        }

        near = low;
        return low < ranges.Count && ranges[low].Contains(line) ? ranges[low] : null;
    }
}
