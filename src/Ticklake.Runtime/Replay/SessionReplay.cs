using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Replay;

/// <summary>Which lines of a journal file are in sealed segments of a stream.</summary>
public delegate IReadOnlyList<LineRange> SealedLines(string sourceFile, StreamKey stream);

/// <summary>Looks at a line before it is processed; true ends the replay before it.</summary>
public delegate bool StopBefore(in JournalLine line, string sourceFile);

/// <summary>
/// Sends one session's journal through a pipeline, file after file, exactly as the live session did. One thread.
/// </summary>
public sealed class SessionReplay : IDisposable
{
    readonly JournalSession _session;
    readonly SealedLines? _sealedLines;
    int _file = -1;
    JournalReader? _reader;
    bool _isRestoring;

    public SessionReplay(
        JournalSession session, IExchange exchange, StreamStates states, PipelineOutputs outputs, SealedLines? sealedLines = null)
    {
        _session = session;
        _sealedLines = sealedLines;
        var header = session.Header;
        Pipeline = new MarketPipeline(
            exchange,
            SessionIdentity.Of(header),
            states,
            outputs);
    }

    public MarketPipeline Pipeline { get; }

    public long Lines { get; private set; }

    /// <summary>Places where a file was damaged or cut short, in words.</summary>
    public List<string> Damages { get; } = [];

    /// <summary>Files that end in a block cut short.</summary>
    public List<string> TornFiles { get; } = [];

    /// <summary>Processes up to so many lines; false at the end of the session or where <paramref name="stop"/> said so.</summary>
    public bool Advance(int most, StopBefore? stop = null)
    {
        for (var i = 0; i < most; i++)
        {
            if (_reader is null && !TryOpenNext())
                return false;
            if (!_reader!.TryRead(out var line))
            {
                CloseFile();
                continue;
            }

            if (stop is not null && stop(line, _session.Files[_file].RelativePath))
                return false;
            Lines++;
            if (_isRestoring && JournalContext.TryRead(line, out var context))
                Pipeline.Restore(context);
            Pipeline.Process(line);
            Pipeline.Feed.Clear();
        }

        return true;
    }

    public void Dispose() => _reader?.Dispose();

    bool TryOpenNext()
    {
        if (++_file >= _session.Files.Count)
        {
            if (_file == _session.Files.Count)
                Pipeline.End();
            return false;
        }

        var file = _session.Files[_file];
        _reader = new JournalReader(file.FullPath);
        // Where the session's first files are gone, the context lines stand in for what they said.
        _isRestoring = _file == 0 && file.Header.Part > 1;
        Pipeline.BeginFile(
            file.RelativePath,
            _sealedLines is null ? null : stream => _sealedLines(file.RelativePath, stream));
        return true;
    }

    void CloseFile()
    {
        var path = _session.Files[_file].RelativePath;
        if (_reader!.End == JournalEnd.TornTail)
        {
            Damages.Add($"{path}: ends in a block that was cut short after line {_reader.LastLine}");
            TornFiles.Add(path);
        }

        foreach (var damage in _reader.Damages)
            Damages.Add($"{path}: {damage}");
        _reader.Dispose();
        _reader = null;
    }
}
