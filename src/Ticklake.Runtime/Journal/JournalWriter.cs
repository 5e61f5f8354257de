using System.Globalization;
using System.Text;
using Ticklake.Core.Time;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// One session's journal. Called from the session's own thread, <see cref="FlushAsync"/> from any; no call waits for
/// the disk, allocates per line or takes a lock. Every append returns the line's number in <see cref="RelativePath"/>,
/// or 0 where the line could not be kept (<see cref="Overrun"/>): no row may be made of such a frame.
/// </summary>
public sealed class JournalWriter : IAsyncDisposable
{
    readonly JournalFlusher _flusher;
    readonly JournalHandOver _handOver;
    readonly string _dataDirectory;
    JournalHeader _header;
    JournalFile _file;
    TimestampNs _begunAt;
    long _line;
    long _blocks;
    long _lost;
    TimestampNs _lostFrom;
    TimestampNs _lostTo;
    bool _isClosed;

    JournalWriter(JournalFlusher flusher, string dataDirectory, JournalHeader header, JournalFile file, TimestampNs t)
    {
        _flusher = flusher;
        _dataDirectory = dataDirectory;
        _header = header;
        _file = file;
        _begunAt = t;
        _handOver = new JournalHandOver(flusher);
        flusher.Add(_handOver);
        AppendOccurrence("open", t, header.ToMembers());
    }

    /// <summary>Called on the session's thread when frames begin to be lost, and when that is over.</summary>
    public event Action<JournalOverrun>? Overrun;

    /// <summary>
    /// The present file, relative to the data directory, with forward slashes: the rows' <c>source_file</c>.
    /// </summary>
    public string RelativePath => _file.RelativePath;

    /// <summary>The number of the last line appended to <see cref="RelativePath"/>.</summary>
    public long LastLine => _line;

    public string ConnId => _header.ConnId;

    /// <summary>Creates the session's first file and begins it with the <c>open</c> line.</summary>
    /// <param name="flusher">Writes the blocks.</param>
    /// <param name="dataDirectory">The folder that holds <c>journal/</c>.</param>
    /// <param name="header">What the <c>open</c> line says.</param>
    /// <param name="t">When the session began; names the file.</param>
    /// <param name="replace">Write over a file of the same name (a repeated import) instead of choosing
    /// another.</param>
    /// <exception cref="JournalFaultedException">The file cannot be created.</exception>
    public static JournalWriter Open(
        JournalFlusher flusher, string dataDirectory, JournalHeader header, TimestampNs t, bool replace = false)
    {
        var start = t;
        while (true)
        {
            var file = FileAt(dataDirectory, header, start, replace);
            try
            {
                file.Open();
                return new JournalWriter(flusher, dataDirectory, header, file, t) { _begunAt = start };
            }
            catch (JournalFaultedException) when (File.Exists(file.FullPath))
            {
                start = new TimestampNs(start.Value + 1);
            }
        }
    }

    /// <param name="frame">The message as it crossed the socket.</param>
    /// <param name="t">When it was received.</param>
    /// <param name="binary">It came as a binary WebSocket message.</param>
    /// <param name="imported">Its line or message number in an imported recording, or 0.</param>
    public long AppendReceived(ReadOnlySpan<byte> frame, TimestampNs t, bool binary = false, long imported = 0) =>
        AppendMessage(",\"k\":\"<\""u8, frame, t, binary, imported);

    /// <inheritdoc cref="AppendReceived"/>
    public long AppendSent(ReadOnlySpan<byte> frame, TimestampNs t, bool binary = false, long imported = 0) =>
        AppendMessage(",\"k\":\">\""u8, frame, t, binary, imported);

    /// <param name="path">Path and query as requested.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">The answer's body as it came.</param>
    /// <param name="t">When the whole body was received.</param>
    /// <param name="imported">Its line number in an imported recording, or 0.</param>
    public long AppendAnswer(
        ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, TimestampNs t, long imported = 0)
    {
        var form = FrameForms.Of(body, binary: false);
        var size = JournalLineWriter.Overhead + JsonText.EscapedLength(path) + FrameForms.SizeOf(form, body);
        if (Take(size, t) is not { } block)
            return 0;
        var line = new JournalLineWriter(block.Free);
        line.Begin(t, ",\"k\":\"r\""u8);
        line.Imported(imported);
        line.Raw(",\"u\":\""u8);
        line.Escaped(path);
        line.Raw("\",\"c\":"u8);
        line.Number(status);
        line.Message(form, body);
        line.End();
        return Put(block, line.Length);
    }

    /// <param name="name">What happened: <c>close</c>, <c>error</c>, …</param>
    /// <param name="t">When.</param>
    /// <param name="members">Further JSON members without braces, <c>"code":1006,"reason":"x"</c>; may be
    /// empty.</param>
    public long AppendOccurrence(string name, TimestampNs t, ReadOnlySpan<byte> members = default)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var size = JournalLineWriter.Overhead + JsonText.EscapedLength(nameBytes) + members.Length;
        if (Take(size, t) is not { } block)
            return 0;
        var line = new JournalLineWriter(block.Free);
        line.Begin(t, ",\"k\":\"!\",\"e\":\""u8);
        line.Escaped(nameBytes);
        line.Raw("\""u8);
        if (!members.IsEmpty)
            line.Raw(","u8);
        line.Raw(members);
        line.End();
        if (!OneLineJson.IsValid(block.Free[..(line.Length - 1)]))
        {
            GiveBack(block);
            throw new ArgumentException($"Not JSON members: {Encoding.UTF8.GetString(members)}", nameof(members));
        }

        return Put(block, line.Length);
    }

    /// <summary>The file has reached its size or age; the session calls <see cref="Rotate"/> when it suits.</summary>
    public bool NeedsRotation(TimestampNs now) =>
        _file.Length >= _flusher.Options.RotateBytes || now - _begunAt >= _flusher.Options.RotateAge;

    /// <summary>
    /// Ends the file with a <c>rotate</c> line and goes on in a new one, whose first lines are its <c>open</c> line and
    /// the context that lets it be decoded alone.
    /// </summary>
    public void Rotate(TimestampNs t, IReadOnlyList<DecoderContext> context)
    {
        // A clock that was set back must not give a name that sorts before, or is, the present file's.
        var start = new TimestampNs(Math.Max(t.Value, _begunAt.Value + 1));
        var next = FileAt(_dataDirectory, _header, start, replace: false);
        AppendOccurrence("rotate", t, Encoding.UTF8.GetBytes($"\"next\":\"{Path.GetFileName(next.RelativePath)}\""));
        _handOver.SubmitOpen();
        _header = _header with { Part = _header.Part + 1, After = Path.GetFileName(_file.RelativePath) };
        _file = next;
        _begunAt = start;
        _line = 0;
        AppendOccurrence("open", t, _header.ToMembers());
        foreach (var item in context)
            AppendContext(item, t);
    }

    /// <summary>
    /// Completes when everything appended before the call is with the operating system, or on the disk.
    /// </summary>
    /// <exception cref="JournalFaultedException">The disk refuses it at present; recording and retrying go
    /// on.</exception>
    public Task FlushAsync(bool toDisk) => _handOver.FlushAsync(toDisk);

    /// <summary>Writes, syncs and closes the file.</summary>
    /// <exception cref="JournalFaultedException">The disk refuses the last lines; they are dropped.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _handOver.SubmitOpen();
        var isWritten = false;
        try
        {
            await FlushAsync(toDisk: true).ConfigureAwait(false);
            isWritten = true;
        }
        finally
        {
            _handOver.Close(abandon: !isWritten);
            await _handOver.Closed.ConfigureAwait(false);
        }
    }

    static JournalFile FileAt(string dataDirectory, JournalHeader header, TimestampNs start, bool replace)
    {
        var name = start.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)
            + start.ToString()[19..] + ".jsonl.zst";
        var relative = $"journal/{header.Market.Exchange}/{header.Market.Market}/{header.ConnId}/{name}";
        return new JournalFile(Path.Combine(dataDirectory, relative), relative, replace);
    }

    long AppendMessage(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> frame, TimestampNs t, bool binary, long imported)
    {
        var form = FrameForms.Of(frame, binary);
        if (Take(JournalLineWriter.Overhead + FrameForms.SizeOf(form, frame), t) is not { } block)
            return 0;
        var line = new JournalLineWriter(block.Free);
        line.Begin(t, kind);
        line.Imported(imported);
        line.Message(form, frame);
        line.End();
        return Put(block, line.Length);
    }

    void AppendContext(in DecoderContext context, TimestampNs t)
    {
        var form = FrameForms.Of(context.Frame, binary: false);
        if (Take(JournalLineWriter.Overhead + FrameForms.SizeOf(form, context.Frame), t) is not { } block)
            return;
        var line = new JournalLineWriter(block.Free);
        line.Begin(t, ",\"k\":\"!\",\"e\":\"context\",\"has_data\":"u8);
        line.Raw(context.HasData ? "true"u8 : "false"u8);
        line.Message(form, context.Frame);
        line.End();
        Put(block, line.Length);
    }

    /// <summary>A block with room for so many bytes, or null while the disk is hopelessly behind.</summary>
    JournalBlock? Take(int size, TimestampNs t)
    {
        var block = _handOver.Take();
        if (block is not null)
        {
            if (block.Free.Length >= size)
                return block;
            _handOver.Submit(block);
        }

        // Half the limit to begin again, so that holes are few and long instead of many and short.
        if (_flusher.BacklogBytes > (_lost > 0 ? _flusher.Options.BacklogBytes / 2 : _flusher.Options.BacklogBytes))
        {
            Lose(t);
            return null;
        }

        block = _flusher.Rent(_file, _line + 1, ++_blocks, size + JournalLineWriter.Overhead);
        if (_lost > 0)
            EndOverrun(block, t);
        return block;
    }

    void Lose(TimestampNs t)
    {
        _lostTo = t;
        if (_lost++ != 0)
            return;
        _lostFrom = t;
        Overrun?.Invoke(new JournalOverrun(_line, 0, IsOver: false));
    }

    void EndOverrun(JournalBlock block, TimestampNs t)
    {
        var line = new JournalLineWriter(block.Free);
        line.Begin(t, ",\"k\":\"!\",\"e\":\"journal_overrun\",\"lost\":"u8);
        line.Number(_lost);
        line.Raw(",\"from\":"u8);
        line.Number(_lostFrom.Value);
        line.Raw(",\"to\":"u8);
        line.Number(_lostTo.Value);
        line.End();
        block.Length += line.Length;
        block.Lines++;
        _line++;
        _handOver.Count();
        Overrun?.Invoke(
            new JournalOverrun(_line - 1, _lost, IsOver: true) { From = _lostFrom, To = _lostTo, Time = t });
        _lost = 0;
    }

    long Put(JournalBlock block, int length)
    {
        block.Length += length;
        block.Lines++;
        _handOver.PutBack(block);
        return ++_line;
    }

    void GiveBack(JournalBlock block)
    {
        if (block.Lines > 0)
            _handOver.PutBackUnchanged(block);
    }
}
