using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Coverage;

/// <summary>When a stream was wanted and carried: <c>docs/format/coverage.md</c>, section Carried.</summary>
sealed class StreamCarriages
{
    readonly StreamRows _rows;
    readonly List<Carriage> _carried = [];
    readonly List<UnknownTime> _unknown = [];

    public StreamCarriages(StreamRows rows, MarketTimeline market, StreamRows? controls, Func<SessionLife, bool> isSettled)
    {
        _rows = rows;
        var stream = rows.Stream;
        var sessions = market.Sessions.Where(s => s.Names(stream) || rows.ComeFrom(s.ConnId)).ToList();
        Book = sessions.Select(s => s.BookOf(stream)).FirstOrDefault(b => b is not null);
        var sealedUs = Math.Min(market.SealedUs(rows.LastUs, sessions), market.SealedUs(controls?.LastUs, sessions));
        foreach (var session in sessions)
            Add(session, sealedUs, isSettled(session));
    }

    /// <summary>The book it is made from, or null.</summary>
    public StreamKey? Book { get; }

    /// <summary>By their sessions' beginning.</summary>
    public IReadOnlyList<Carriage> Carried => _carried;

    public IReadOnlyList<UnknownTime> Unknown => _unknown;

    public Carriage? In(string connId) => _carried.Find(c => c.Session.ConnId == connId);

    void Add(SessionLife session, long sealedUs, bool isSettled)
    {
        var givenUp = session.GivenUpUs(_rows.Stream);
        var to = Math.Min(givenUp ?? long.MaxValue, session.EndUs);
        if (BeginOf(session) is not { } from || from > to)
        {
            if (givenUp is null)
                _unknown.Add(new UnknownTime(
                    new Span(session.BeginUs, to), "asked for, but nothing shows that the exchange granted it"));
            return;
        }

        if (!isSettled)
            _unknown.Add(new UnknownTime(new Span(from, to), "the session has ended, and not all its rows are sealed"));
        else if (to > sealedUs)
            _unknown.Add(new UnknownTime(new Span(Math.Max(from, sealedUs), to), "still open: rows are not sealed yet"));
        if (from <= sealedUs)
            _carried.Add(new Carriage(session, from, Math.Min(to, sealedUs), givenUp is not null));
    }

    // What is polled is not granted; what is made from a book is granted with it.
    long? BeginOf(SessionLife session)
    {
        var granted = session.GrantedUs(Book ?? _rows.Stream);
        if (PolledDepth.IsPolled(_rows.Stream))
            granted = session.About(_rows.Stream).FirstOrDefault(r => r.Kind == "poll_failed")?.TimeUs;
        if (!_rows.ComeFrom(session.ConnId) || _rows.After(session.BeginUs - 1) is not { } row || row > session.EndUs)
            return granted;
        return Math.Min(row, granted ?? long.MaxValue);
    }
}
