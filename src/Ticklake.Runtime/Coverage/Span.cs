namespace Ticklake.Runtime.Coverage;

/// <summary>A stretch of receive time, microseconds; a point where both are the same.</summary>
public readonly record struct Span(long FromUs, long ToUs)
{
    public const long Hour = 3_600_000_000;

    /// <summary>Whether anything of it, or a point that it is, lies in the hour that begins then.</summary>
    public bool Touches(long hourUs) => FromUs < hourUs + Hour && (ToUs > hourUs || (ToUs == FromUs && ToUs == hourUs));

    public Span Cut(long hourUs) => new(Math.Max(FromUs, hourUs), Math.Min(ToUs, hourUs + Hour));

    public static long HourOf(long us) => us - (((us % Hour) + Hour) % Hour);

    /// <summary>In order, and those that touch each other as one.</summary>
    public static List<Span> Merge(IEnumerable<Span> spans)
    {
        var merged = new List<Span>();
        foreach (var span in spans.OrderBy(s => s.FromUs))
        {
            if (merged is [.., var last] && span.FromUs <= last.ToUs)
                merged[^1] = last with { ToUs = Math.Max(last.ToUs, span.ToUs) };
            else
                merged.Add(span);
        }

        return merged;
    }

    /// <summary>What of <paramref name="spans"/> lies in none of <paramref name="holes"/>.</summary>
    public static List<Span> Without(IEnumerable<Span> spans, IReadOnlyList<Span> holes)
    {
        var left = spans.ToList();
        foreach (var hole in Merge(holes))
        {
            left =
            [
                .. left.SelectMany(s => hole.ToUs <= s.FromUs || hole.FromUs >= s.ToUs
                    ? new[] { s }
                    : [new Span(s.FromUs, hole.FromUs), new Span(hole.ToUs, s.ToUs)]).Where(s => s.FromUs < s.ToUs),
            ];
        }

        return left;
    }
}
