namespace Ticklake.Runtime.Journal;

/// <summary>
/// Reads one journal file line by line, without allocation per line. A file that is still being written can be
/// followed: after <see cref="TryRead"/> has returned false, a later call goes on where it stopped. One thread.
/// </summary>
public sealed class JournalReader : IDisposable
{
    const int MaxDamagesKept = 1000;

    readonly JournalBlockReader _blocks;
    readonly JournalLineParser _parser = new();
    readonly List<JournalDamage> _damages = [];
    int _at;
    int _textAt;
    int _textLength;
    bool _isOwn;

    /// <param name="path">The file.</param>
    /// <param name="wanted">Told a block's first line and how many it has, whether to read it; null for all.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public JournalReader(string path, Func<long, int, bool>? wanted = null)
    {
        Path = path;
        _blocks = new JournalBlockReader(path) { Damaged = Note, Wanted = wanted };
    }

    public string Path { get; }

    /// <summary>Number of the last line read; with no damage, also how many there were.</summary>
    public long LastLine { get; private set; }

    public long LinesRead { get; private set; }

    /// <summary>
    /// Lines that are no journal lines (in files that others wrote); they are counted and passed over.
    /// </summary>
    public long BadLines { get; private set; }

    /// <summary>The last line read, as it stands in the file; valid until the next line.</summary>
    public ReadOnlySpan<byte> LineText => _blocks.Content.Slice(_textAt, _textLength);

    /// <summary>How the file ended; settled once <see cref="TryRead"/> has returned false.</summary>
    public JournalEnd End => _damages.Count > 0 ? JournalEnd.Damaged
        : _blocks.IsTorn ? JournalEnd.TornTail : JournalEnd.Clean;

    /// <summary>The damaged places so far (the first thousand).</summary>
    public IReadOnlyList<JournalDamage> Damages => _damages;

    /// <summary>
    /// The next line; false at the end. Damage is passed over to the next intact block, whose lines keep their numbers.
    /// </summary>
    public bool TryRead(out JournalLine line)
    {
        while (true)
        {
            var rest = _blocks.Content[_at..];
            if (rest.IsEmpty)
            {
                if (!TryNextBlock())
                {
                    line = default;
                    return false;
                }

                continue;
            }

            var end = rest.IndexOf((byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            (_textAt, _textLength) = (_at, text.Length);
            _at += end < 0 ? rest.Length : end + 1;
            LastLine++;
            if (_parser.TryParse(text, LastLine, _isOwn, out line))
            {
                LinesRead++;
                return true;
            }

            BadLines++;
        }
    }

    bool TryNextBlock()
    {
        // At the end the last content stays, passed over already.
        if (!_blocks.TryRead())
        {
            _at = _blocks.Content.Length;
            (_textAt, _textLength) = (_at, 0);
            return false;
        }

        _at = 0;
        _isOwn = _blocks.FirstLine > 0;
        if (_isOwn)
            LastLine = _blocks.FirstLine - 1;
        return true;
    }

    void Note(long offset, long length)
    {
        if (_damages.Count < MaxDamagesKept)
            _damages.Add(new JournalDamage(offset, length, LastLine));
    }

    public void Dispose() => _blocks.Dispose();
}
