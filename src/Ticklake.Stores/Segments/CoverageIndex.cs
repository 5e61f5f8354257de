using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>Which journal lines are sealed, by journal file and stream. Not for several threads.</summary>
sealed class CoverageIndex
{
    readonly Dictionary<string, Dictionary<StreamKey, List<LineRange>>> _ranges = [];

    public void Clear() => _ranges.Clear();

    public void Add(StreamKey stream, JournalRange range)
    {
        if (!_ranges.TryGetValue(range.File, out var streams))
            _ranges.Add(range.File, streams = []);
        if (!streams.TryGetValue(stream, out var lines))
            streams.Add(stream, lines = []);
        lines.Add(new LineRange(range.FirstLine, range.LastLine));
    }

    public IReadOnlyList<StreamKey> Streams(string file) =>
        _ranges.TryGetValue(file, out var streams) ? [.. streams.Keys] : [];

    public IReadOnlyList<LineRange> Of(string file, StreamKey stream)
    {
        if (!_ranges.TryGetValue(file, out var streams) || !streams.TryGetValue(stream, out var lines))
            return [];
        var merged = new List<LineRange>();
        foreach (var line in lines.OrderBy(line => line.First))
        {
            if (merged is [.., var last] && line.First <= last.Last + 1)
                merged[^1] = last with { Last = Math.Max(last.Last, line.Last) };
            else
                merged.Add(line);
        }

        return merged;
    }
}
