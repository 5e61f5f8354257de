namespace Ticklake.Runtime.Sessions;

/// <summary>
/// How often one stream delivers: its longest pause of the last hour or two, seen from look to look. Session thread only.
/// </summary>
sealed class StreamRhythm
{
    static readonly TimeSpan Window = TimeSpan.FromHours(1);

    // Fewer pauses say nothing of the next one.
    const int LeastPauses = 100;

    // Markets come in bursts: a pause of several times the longest is nothing unusual.
    const int Unusual = 20;

    DateTimeOffset? _last;
    DateTimeOffset _windowSince;
    TimeSpan _longest;
    TimeSpan _longestBefore;
    int _pauses;

    /// <summary>The stream has delivered; the pause before it counts.</summary>
    public void Delivered(DateTimeOffset at)
    {
        if (_last is { } last && at > last)
            Take(at - last, at);
        _last = at;
    }

    /// <summary>The stream delivers again after a pause that was not its own.</summary>
    public void Restart(DateTimeOffset at) => _last = at;

    /// <summary>How long it may be silent before that is unusual, or null while too little is known.</summary>
    public TimeSpan? Patience(TimeSpan least)
    {
        if (_pauses < LeastPauses)
            return null;
        var usual = Unusual * (_longest > _longestBefore ? _longest : _longestBefore);
        return usual > least ? usual : least;
    }

    void Take(TimeSpan pause, DateTimeOffset at)
    {
        if (_pauses < LeastPauses)
            _pauses++;
        if (at - _windowSince > Window)
            (_longestBefore, _longest, _windowSince) = (_longest, TimeSpan.Zero, at);
        if (pause > _longest)
            _longest = pause;
    }
}
