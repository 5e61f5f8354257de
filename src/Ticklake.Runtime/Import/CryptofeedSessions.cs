using Ticklake.Core.Time;

namespace Ticklake.Runtime.Import;

/// <summary>
/// The connections of a cryptofeed recording. Each <c>connect</c> begins a session; REST answers, which have
/// connections of their own there, are given to the session they were fetched for.
/// </summary>
sealed class CryptofeedSessions
{
    const int MaxSentKept = 1 << 16;

    readonly List<Session> _sessions = [];
    readonly List<Request> _requests = [];
    readonly Dictionary<string, int> _current = [];
    TimestampNs? _firstTime;

    public int Count => _sessions.Count;

    public (string Url, TimestampNs Begin) this[int session] => (_sessions[session].Url, _sessions[session].Begin);

    /// <summary>First pass: learns the sessions.</summary>
    public void Learn(in CryptofeedLine line, long ordinal)
    {
        if (line.Kind is CryptofeedKind.Unknown or CryptofeedKind.Header)
            return;
        _firstTime ??= line.Time;
        if (line.Kind == CryptofeedKind.Http)
        {
            _requests.Add(new Request(ordinal, line.Url, line.Time));
            return;
        }

        if (line.Kind == CryptofeedKind.Connect || !_current.TryGetValue(line.Conn, out var index))
        {
            index = _current[line.Conn] = _sessions.Count;
            _sessions.Add(new Session(line.Conn, line.Kind == CryptofeedKind.Recv ? "" : line.Url, line.Time));
        }

        var session = _sessions[index];
        if (line.Kind == CryptofeedKind.Send && session.Sent.Length < MaxSentKept)
            session.Sent += System.Text.Encoding.UTF8.GetString(line.Message).ToUpperInvariant();
    }

    /// <summary>Between the passes: settles which session each REST answer belongs to.</summary>
    public Dictionary<long, int> Settle()
    {
        if (_sessions.Count == 0)
            _sessions.Add(new Session("", "", _firstTime ?? ReceiveTime.Synthetic(0)));
        return _requests.ToDictionary(x => x.Ordinal, SessionOf);
    }

    /// <summary>Second pass: the session of the n-th connection of this name.</summary>
    public int IndexOf(string conn, int nth)
    {
        for (var i = 0; i < _sessions.Count; i++)
        {
            if (_sessions[i].Conn == conn && nth-- == 0)
                return i;
        }

        return 0;
    }

    /// <summary>
    /// Of the sessions that subscribed to a symbol the request names (else of all), the last that was open when the
    /// answer came, else the first to come.
    /// </summary>
    int SessionOf(Request request)
    {
        var names = request.Url.Contains('?') ? request.Url[(request.Url.IndexOf('?') + 1)..]
            .Split('&').Select(x => x[(x.IndexOf('=') + 1)..].ToUpperInvariant())
            .Where(x => x.Length > 3).ToList() : [];
        var serving = Enumerable.Range(0, _sessions.Count).Where(x => _sessions[x].Mentions(names)).ToList();
        if (serving.Count == 0)
            serving = [.. Enumerable.Range(0, _sessions.Count)];
        var open = serving.FindLast(x => _sessions[x].Begin <= request.Time);
        return _sessions[serving[0]].Begin <= request.Time ? open : serving[0];
    }

    readonly record struct Request(long Ordinal, string Url, TimestampNs Time);

    sealed class Session(string conn, string url, TimestampNs begin)
    {
        readonly string _address = url.ToUpperInvariant();

        public string Conn { get; } = conn;

        public string Url { get; } = url;

        public TimestampNs Begin { get; } = begin;

        public string Sent { get; set; } = "";

        public bool Mentions(List<string> names) =>
            names.Exists(x => _address.Contains(x, StringComparison.Ordinal)
                || Sent.Contains(x, StringComparison.Ordinal));
    }
}
