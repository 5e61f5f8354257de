namespace Ticklake.Runtime.Coverage;

/// <summary>Judges the hours of one stream: <c>docs/format/coverage.md</c>, section Verdicts.</summary>
sealed class StreamLedger
{
    readonly StreamRows _rows;
    readonly StreamCarriages _carriages;
    readonly IReadOnlyList<CoverageHole> _holes;
    readonly List<Span> _sound;
    readonly IReadOnlyList<Span> _running;

    /// <param name="rows">The stream's rows.</param>
    /// <param name="carriages">When it was carried.</param>
    /// <param name="found">Its holes.</param>
    /// <param name="running">When the recorder ran, in order.</param>
    public StreamLedger(StreamRows rows, StreamCarriages carriages, StreamHoles found, IReadOnlyList<Span> running)
    {
        _rows = rows;
        _carriages = carriages;
        _running = running;
        (_holes, var bridged) = found.Find();
        _sound = Span.Without(
            Span.Merge(carriages.Carried.Select(c => c.Span).Concat(bridged)), [.. _holes.Select(h => h.Span)]);
    }

    /// <summary>No hours where nothing is known of the stream.</summary>
    public StreamCoverage Judge()
    {
        var spans = _sound.Concat(_holes.Select(h => h.Span)).Concat(_carriages.Unknown.Select(u => u.Span)).ToList();
        var hours = spans.SelectMany(s => new[] { Span.HourOf(s.FromUs), Span.HourOf(Math.Max(s.FromUs, s.ToUs - 1)) })
            .Concat(_rows.Hours).ToList();
        var judged = new List<CoverageHour>();
        var last = hours.DefaultIfEmpty(long.MinValue).Max();
        for (var hour = hours.DefaultIfEmpty(long.MaxValue).Min(); hour <= last; hour += Span.Hour)
            judged.Add(Judge(hour));
        return new StreamCoverage(_rows.Stream, judged, _holes);
    }

    CoverageHour Judge(long hourUs)
    {
        var hour = _rows.Describe(new CoverageHour(hourUs, CoverageVerdict.NotRecorded, new Span(hourUs, hourUs)));
        var holes = _holes.Where(h => h.Span.Touches(hourUs)).Select(h => h.Cut(hourUs)).ToList();
        var sound = _sound.Where(s => s.Touches(hourUs)).Select(s => s.Cut(hourUs)).ToList();
        var known = sound.Concat(holes.Select(h => h.Span)).ToList();
        if (known.Count > 0)
            hour = hour with { Recorded = new Span(known.Min(s => s.FromUs), known.Max(s => s.ToUs)), Holes = holes };
        if (holes.Count > 0)
            return WasRecording(hour, sound, holes) ? hour with { Verdict = CoverageVerdict.Gap } : Missed(hour);
        if (_carriages.Unknown.FirstOrDefault(u => u.Span.Touches(hourUs)) is { } unknown)
            return Unsure(hour, sound, unknown);
        if (sound.Count > 0)
            return hour with { Verdict = hour.Rows == 0 ? CoverageVerdict.KnownEmpty : CoverageVerdict.Complete };
        return hour.Rows == 0
            ? Missed(hour)
            : hour with { Reason = "there are rows, but no controls rows that vouch for them" };
    }

    // What is sealed of an open hour is whole; an hour of which a part cannot be judged is not.
    static CoverageHour Unsure(CoverageHour hour, List<Span> sound, UnknownTime unknown)
    {
        var isOpen = sound.Count > 0 && hour.Rows != 0 && unknown.Span.FromUs >= hour.Recorded.ToUs;
        return hour with { Verdict = isOpen ? CoverageVerdict.Complete : CoverageVerdict.NotRecorded, Reason = unknown.Reason };
    }

    bool WasRecording(CoverageHour hour, List<Span> sound, List<CoverageHole> holes) => sound.Count > 0 || hour.Rows != 0
        || holes.Any(h => _running.Any(r => r.FromUs <= h.ToUs && r.ToUs >= h.FromUs));

    CoverageHour Missed(CoverageHour hour) => hour with
    {
        Reason = _running.Any(r => r.Touches(hour.HourUs)) ? "the stream was not wanted" : "the recorder was not running",
    };
}
