using Ticklake.Columnar;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Coverage;

/// <summary>The rows of one segment in one hour.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Times">Receive times of the earliest and of the latest.</param>
/// <param name="FirstSeq">The first sequence number, where any has one.</param>
/// <param name="LastSeq">The last.</param>
readonly record struct HourPart(long Rows, Span Times, long? FirstSeq, long? LastSeq);

/// <summary>Reads receive times out of a segment's file, for what its manifest cannot say.</summary>
static class RowTimes
{
    /// <summary>The rows by hour.</summary>
    public static SortedDictionary<long, HourPart> ByHour(string path)
    {
        using var reader = SegmentFile.Open(path);
        var hours = new SortedDictionary<long, HourPart>();
        var (time, seq) = (reader.ColumnIndex("recv_ts"), reader.ColumnIndex("seq"));
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var times = ((FixedValues<long>)reader.ReadColumn(group, time)).Values;
            var sequences = (FixedValues<long>)reader.ReadColumn(group, seq);
            for (var begin = 0; begin < times.Length;)
            {
                var hour = Span.HourOf(times[begin]);
                var outside = times[begin..].IndexOfAnyExceptInRange(hour, hour + Span.Hour - 1);
                var end = outside < 0 ? times.Length : begin + outside;
                var part = PartOf(times, sequences, begin, end);
                hours[hour] = hours.TryGetValue(hour, out var known) ? Join(known, part) : part;
                begin = end;
            }
        }

        return hours;
    }

    /// <summary>The earliest row behind a time, or null.</summary>
    public static long? After(string path, long us) => Nearest(
        path,
        (least, most) => least > us ? least : most > us ? null : long.MaxValue,
        times => times.Where(t => t > us).DefaultIfEmpty(long.MaxValue).Min(),
        Math.Min,
        long.MaxValue);

    /// <summary>The latest row before a time, or null.</summary>
    public static long? Before(string path, long us) => Nearest(
        path,
        (least, most) => most < us ? most : least < us ? null : long.MinValue,
        times => times.Where(t => t < us).DefaultIfEmpty(long.MinValue).Max(),
        Math.Max,
        long.MinValue);

    // The bounds of a row group answer for all its rows but where the time asked for lies between them.
    static long? Nearest(
        string path, Func<long, long, long?> byBounds, Func<long[], long> byRows, Func<long, long, long> choose, long none)
    {
        using var reader = SegmentFile.Open(path);
        var time = reader.ColumnIndex("recv_ts");
        var nearest = none;
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var known = reader.BoundsOf(group, time) is (long least, long most) ? byBounds(least, most) : null;
            nearest = choose(
                nearest, known ?? byRows(((FixedValues<long>)reader.ReadColumn(group, time)).Values.ToArray()));
        }

        return nearest == none ? null : nearest;
    }

    static HourPart PartOf(ReadOnlySpan<long> times, FixedValues<long> sequences, int begin, int end)
    {
        long? first = null, last = null;
        for (var row = begin; row < end && first is null; row++)
            first = sequences.IsNull(row) ? null : sequences.Values[row];
        for (var row = end - 1; row >= begin && first is not null && last is null; row--)
            last = sequences.IsNull(row) ? null : sequences.Values[row];
        var (least, most) = (times[begin], times[begin]);
        foreach (var us in times[begin..end])
            (least, most) = (Math.Min(least, us), Math.Max(most, us));
        return new HourPart(end - begin, new Span(least, most), first, last);
    }

    static HourPart Join(in HourPart first, in HourPart second) => new(
        first.Rows + second.Rows,
        new Span(Math.Min(first.Times.FromUs, second.Times.FromUs), Math.Max(first.Times.ToUs, second.Times.ToUs)),
        first.FirstSeq ?? second.FirstSeq,
        second.LastSeq ?? first.LastSeq);
}
