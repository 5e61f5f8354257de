using Ticklake.Columnar.Parquet;

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
        using var reader = ParquetReader.Open(path);
        var hours = new SortedDictionary<long, HourPart>();
        var (time, seq) = (reader.ColumnIndex("recv_ts"), reader.ColumnIndex("seq"));
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            var times = ((FixedValues<long>)reader.ReadColumn(group, time)).Values;
            var sequences = reader.ReadColumn(group, seq);
            for (var row = 0; row < times.Length; row++)
            {
                var hour = Span.HourOf(times[row]);
                var number = (long?)sequences[row];
                hours[hour] = hours.TryGetValue(hour, out var part)
                    ? new HourPart(
                        part.Rows + 1,
                        new Span(Math.Min(part.Times.FromUs, times[row]), Math.Max(part.Times.ToUs, times[row])),
                        part.FirstSeq ?? number,
                        number ?? part.LastSeq)
                    : new HourPart(1, new Span(times[row], times[row]), number, number);
            }
        }

        return hours;
    }

    /// <summary>The earliest row behind a time, or null.</summary>
    public static long? After(string path, long us) => All(path).Where(t => t > us).Select(t => (long?)t).Min();

    /// <summary>The latest row before a time, or null.</summary>
    public static long? Before(string path, long us) => All(path).Where(t => t < us).Select(t => (long?)t).Max();

    static IEnumerable<long> All(string path)
    {
        using var reader = ParquetReader.Open(path);
        var time = reader.ColumnIndex("recv_ts");
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            foreach (var us in ((FixedValues<long>)reader.ReadColumn(group, time)).Values.ToArray())
                yield return us;
        }
    }
}
