namespace Ticklake.Columnar;

/// <summary>Consecutive rows of a group.</summary>
public readonly record struct RowRange(int First, int Count)
{
    public int End => First + Count;
}

/// <summary>Some rows of a group: ranges in ascending order that neither overlap nor touch.</summary>
public sealed class RowRanges
{
    readonly List<RowRange> _ranges = [];

    RowRanges()
    {
    }

    public static RowRanges None { get; } = new();

    public IReadOnlyList<RowRange> Ranges => _ranges;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The row behind the last one.</summary>
    public int End => _ranges.Count == 0 ? 0 : _ranges[^1].End;

    public static RowRanges All(int rows) => Of([new RowRange(0, rows)]);

    /// <param name="ranges">In ascending order, none of them overlapping another; those that touch are joined.</param>
    public static RowRanges Of(IEnumerable<RowRange> ranges)
    {
        var made = new RowRanges();
        foreach (var range in ranges)
            made.Append(range);
        return made;
    }

    /// <summary>Rows one by one.</summary>
    /// <param name="rows">In ascending order.</param>
    public static RowRanges OfRows(IEnumerable<int> rows) => Of(rows.Select(row => new RowRange(row, 1)));

    /// <summary>The rows that are in both.</summary>
    public RowRanges Intersect(RowRanges other)
    {
        var both = new RowRanges();
        for (int i = 0, j = 0; i < _ranges.Count && j < other._ranges.Count;)
        {
            var (left, right) = (_ranges[i], other._ranges[j]);
            var first = Math.Max(left.First, right.First);
            var end = Math.Min(left.End, right.End);
            if (first < end)
                both.Append(new RowRange(first, end - first));
            if (left.End < right.End)
                i++;
            else
                j++;
        }

        return both;
    }

    /// <summary>The rows at some places of this selection: place 0 is its first row.</summary>
    /// <param name="places">In ascending order.</param>
    public RowRanges Pick(IEnumerable<int> places)
    {
        var picked = new RowRanges();
        var (range, before) = (0, 0);
        foreach (var place in places)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Count, nameof(places));
            while (place - before >= _ranges[range].Count)
                before += _ranges[range++].Count;
            picked.Append(new RowRange(_ranges[range].First + place - before, 1));
        }

        return picked;
    }

    public override string ToString() => string.Join(' ', _ranges.Select(x => $"{x.First}+{x.Count}"));

    void Append(RowRange range)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(range.Count, nameof(range));
        ArgumentOutOfRangeException.ThrowIfLessThan(range.First, End, nameof(range));
        if (range.Count == 0)
            return;
        if (_ranges.Count > 0 && range.First == End)
            _ranges[^1] = _ranges[^1] with { Count = _ranges[^1].Count + range.Count };
        else
            _ranges.Add(range);
        Count += range.Count;
    }
}
