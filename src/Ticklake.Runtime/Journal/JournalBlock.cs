namespace Ticklake.Runtime.Journal;

/// <summary>
/// Lines on their way to a file. Owned by exactly one thread at a time: the session's while it appends, then the
/// flusher's; the exchange of the writer's slot, or its queue, hands it over.
/// </summary>
sealed class JournalBlock(int capacity)
{
    public byte[] Buffer { get; private set; } = GC.AllocateUninitializedArray<byte>(capacity);

    public int Length { get; set; }

    public int Lines { get; set; }

    public long FirstLine { get; private set; }

    /// <summary>Position among the writer's blocks: they are written in this order.</summary>
    public long Number { get; private set; }

    /// <summary>Reading of the monotonic clock when the block was begun.</summary>
    public long BegunAt { get; private set; }

    public JournalFile File { get; private set; } = null!;

    public Span<byte> Free => Buffer.AsSpan(Length);

    public void Begin(JournalFile file, long firstLine, long number, long begunAt, int capacity)
    {
        if (Buffer.Length < capacity)
            Buffer = GC.AllocateUninitializedArray<byte>(capacity);
        Length = 0;
        Lines = 0;
        File = file;
        FirstLine = firstLine;
        Number = number;
        BegunAt = begunAt;
    }

    public void Release() => File = null!;
}
