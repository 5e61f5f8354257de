using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>
/// Returns once the journal file is on the disk up to a line; segments wait for it before they are sealed.
/// </summary>
public delegate ValueTask JournalBarrier(string sourceFile, long line);

/// <summary>
/// Writes lines of a journal file, given in ascending order, as a journal of their own; lines that are not there are an
/// <see cref="IOException"/>.
/// </summary>
public delegate void JournalSlice(string sourceFile, IReadOnlyList<long> lines, Stream output);

/// <summary>What all segment writers of one store share.</summary>
/// <param name="Options">How segments are cut and laid out.</param>
/// <param name="DataFolder">Full path of the folder that layouts and journal files are relative to.</param>
/// <param name="Files">The disk.</param>
/// <param name="Catalog">Takes each segment that was sealed.</param>
/// <param name="Pool">Takes batches back.</param>
public sealed record SegmentSetting(
    SegmentOptions Options,
    string DataFolder,
    IFileSystem Files,
    SegmentCatalog Catalog,
    RowBatchPool Pool)
{
    /// <summary>Nothing to wait for where the journal is complete already, as in a replay.</summary>
    public JournalBarrier Barrier { get; init; } = static (_, _) => ValueTask.CompletedTask;

    /// <summary>Reads journals for segments that lie with their journal lines; null where there are none to read.</summary>
    public JournalSlice? Slice { get; init; }

    /// <summary>Tells the age of batches held.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Hears of what went wrong without losing rows (a catalogue line that could not be written). Store thread.
    /// </summary>
    public Action<string> Report { get; init; } = static _ => { };
}
