using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Import;

/// <summary>
/// The journals that one import writes: opens each when its first line comes, counts, keeps oddities. One thread.
/// </summary>
sealed class ImportJournals : IDisposable
{
    const int MaxOddities = 100;

    readonly ImportRequest _request;
    readonly string _source;
    readonly bool _hasSyntheticTimes;
    readonly JournalFlusher _flusher = JournalFlusher.Synchronous(TimeProvider.System);
    readonly List<Target?> _targets = [];
    readonly List<ImportOddity> _oddities = [];
    long _received;
    long _sent;
    long _answers;
    long _oddityCount;
    int _file;

    /// <param name="request">What is imported.</param>
    /// <param name="source">Names the source's content: the same files give the same sessions.</param>
    /// <param name="hasSyntheticTimes">The receive times are made up.</param>
    public ImportJournals(ImportRequest request, string source, bool hasSyntheticTimes)
    {
        _request = request;
        _source = source;
        _hasSyntheticTimes = hasSyntheticTimes;
    }

    /// <summary>Which of the request's files the next lines come from.</summary>
    public void EnterFile(int index) => _file = index;

    /// <summary>Begins a session if it has not begun.</summary>
    public void Begin(int session, string url, TimestampNs t)
    {
        while (_targets.Count <= session)
            _targets.Add(null);
        if (_targets[session] is not null)
            return;
        var header = new JournalHeader
        {
            Market = _request.Market,
            ConnId = $"import-{_source}-{session + 1}",
            Url = url,
            Flags = _request.ConfFlags,
            Imported = new JournalImport(
                _request.Format.Name(), [.. _request.Files.Select(x => Path.GetFileName(x))], _hasSyntheticTimes),
        };
        var writer = JournalWriter.Open(_flusher, _request.DataDirectory, header, t, replace: true);
        _targets[session] = new Target(writer) { LastTime = t };
    }

    public void Received(int session, ReadOnlySpan<byte> frame, TimestampNs t, bool binary, long number)
    {
        Check(At(session, t).AppendReceived(frame, t, binary, number));
        _received++;
    }

    public void Sent(int session, ReadOnlySpan<byte> frame, TimestampNs t, long number)
    {
        Check(At(session, t).AppendSent(frame, t, imported: number));
        _sent++;
    }

    public void Answer(
        int session, ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, TimestampNs t, long number)
    {
        Check(At(session, t).AppendAnswer(path, status, body, t, number));
        _answers++;
    }

    /// <summary>A line that was not understood: kept whole, at the time of the line before it.</summary>
    public void Oddity(int session, ReadOnlySpan<byte> line, long number, string what)
    {
        var t = _targets[session]!.LastTime;
        Received(session, line, t, binary: false, number);
        _oddityCount++;
        if (_oddities.Count < MaxOddities)
            _oddities.Add(new ImportOddity(Path.GetFileName(_request.Files[_file]), number, what));
    }

    public ImportReport Finish()
    {
        var sessions = new List<ImportedSession>();
        foreach (var target in _targets.OfType<Target>())
        {
            sessions.Add(new ImportedSession(target.Writer.ConnId, target.Writer.RelativePath, target.Writer.LastLine));
            // Synchronous: complete when it returns.
            target.Writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return new ImportReport(sessions, _received, _sent, _answers, _oddityCount, _oddities);
    }

    JournalWriter At(int session, TimestampNs t)
    {
        var target = _targets[session]!;
        target.LastTime = t;
        if (target.File == _file || _request.Files.Count == 1)
            return target.Writer;
        target.File = _file;
        var name = System.Text.Json.JsonEncodedText.Encode(Path.GetFileName(_request.Files[_file]));
        target.Writer.AppendOccurrence("import", t, [.. "\"file\":\""u8, .. name.EncodedUtf8Bytes, .. "\""u8]);
        return target.Writer;
    }

    void Check(long line)
    {
        if (line == 0 || _flusher.Fault is not null)
            throw new JournalFaultedException(_flusher.Fault!);
    }

    public void Dispose()
    {
        // After a failure the writers are still open: what they hold is not worth keeping, their files are closed.
        foreach (var target in _targets.OfType<Target>())
            _ = target.Writer.DisposeAsync().AsTask().ContinueWith(x => x.Exception, TaskScheduler.Default);
        _flusher.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    sealed class Target(JournalWriter writer)
    {
        public JournalWriter Writer { get; } = writer;

        public TimestampNs LastTime { get; set; }

        public int File { get; set; } = -1;
    }
}
