using System.Text;

namespace Ticklake.Runtime.Import;

/// <summary>cryptofeed's recordings, read twice: first for the connections, then for the messages.</summary>
sealed class CryptofeedRecording(ImportRequest request, ImportJournals journals)
{
    readonly CryptofeedSessions _sessions = new();
    readonly Dictionary<string, (int Nth, int Session)> _current = [];
    Dictionary<long, int> _answers = [];
    int _last;

    delegate void Take(in CryptofeedLine line, ReadOnlySpan<byte> text, long ordinal, long number);

    public void Import(CancellationToken cancellation)
    {
        Read((in line, _, ordinal, _) => _sessions.Learn(line, ordinal), cancellation);
        _answers = _sessions.Settle();
        Read(Write, cancellation);
    }

    void Read(Take take, CancellationToken cancellation)
    {
        var ordinal = 0L;
        for (var i = 0; i < request.Files.Count; i++)
        {
            using var lines = new RecordingLines(request.Files[i]);
            journals.EnterFile(i);
            while (lines.TryRead(out var text))
            {
                cancellation.ThrowIfCancellationRequested();
                take(CryptofeedLine.Parse(text), text, ordinal++, lines.Number);
            }
        }
    }

    void Write(in CryptofeedLine line, ReadOnlySpan<byte> text, long ordinal, long number)
    {
        if (line.Kind == CryptofeedKind.Header)
            return;
        var session = line.Kind switch
        {
            CryptofeedKind.Unknown => _last,
            CryptofeedKind.Http => _answers[ordinal],
            _ => SessionOf(line),
        };
        var (url, begin) = _sessions[session];
        journals.Begin(session, url, begin);
        switch (line.Kind)
        {
            case CryptofeedKind.Unknown:
                journals.Oddity(session, text, number, "neither a cryptofeed JSON line nor a text log line");
                return;
            case CryptofeedKind.Http:
                journals.Answer(session, PathOf(line.Url), line.Status, line.Message, line.Time, number);
                return;
            case CryptofeedKind.Send:
                journals.Sent(session, line.Message, line.Time, number);
                break;
            case CryptofeedKind.Recv:
                journals.Received(session, line.Message, line.Time, line.IsBinary, number);
                break;
        }

        _last = session;
    }

    int SessionOf(in CryptofeedLine line)
    {
        var isKnown = _current.TryGetValue(line.Conn, out var current);
        if (isKnown && line.Kind != CryptofeedKind.Connect)
            return current.Session;
        var nth = isKnown ? current.Nth + 1 : 0;
        var session = _sessions.IndexOf(line.Conn, nth);
        _current[line.Conn] = (nth, session);
        return session;
    }

    /// <summary>Path and query, as a journal's answers name them.</summary>
    static byte[] PathOf(string url)
    {
        var host = url.IndexOf("://", StringComparison.Ordinal);
        var path = host < 0 ? -1 : url.IndexOf('/', host + 3);
        return Encoding.UTF8.GetBytes(host < 0 ? url : path < 0 ? "/" : url[path..]);
    }
}
