namespace Ticklake.Runtime.Journal;

/// <summary>How a journal file came to its end.</summary>
public enum JournalEnd : byte
{
    /// <summary>With a whole block, and nothing before it is damaged.</summary>
    Clean,

    /// <summary>
    /// The last block is cut short: the recorder was killed, or is just writing it. What comes before is whole.
    /// </summary>
    TornTail,

    /// <summary>Bytes were changed or lost; <see cref="JournalReader.Damages"/> says where.</summary>
    Damaged,
}

/// <summary>A damaged place of a journal file.</summary>
/// <param name="Offset">Where in the file.</param>
/// <param name="Length">Bytes passed over.</param>
/// <param name="AfterLine">The last line that was read before.</param>
public readonly record struct JournalDamage(long Offset, long Length, long AfterLine)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Length} bytes at offset {Offset}, after line {AfterLine}, cannot be read");
}
