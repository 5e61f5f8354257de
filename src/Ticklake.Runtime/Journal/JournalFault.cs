namespace Ticklake.Runtime.Journal;

/// <summary>The disk refused a journal block: what happened, where, and what would help.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="What">One sentence for a person, with the remedy.</param>
/// <param name="Cause">The operating system's word.</param>
public sealed record JournalFault(string Path, string What, Exception Cause)
{
    // errno values are the same on Linux and macOS; Windows puts its own codes into the low word of the HResult.
    const int NoSpace = 28;
    const int ReadOnly = 30;
    const int InputOutput = 5;
    const int WindowsDiskFull = 112;

    internal static JournalFault From(string path, Exception cause) =>
        new(path, $"The journal {path} cannot be written: {Explain(cause)} What was written before is intact.", cause);

    static string Explain(Exception cause)
    {
        var code = cause.HResult & 0xFFFF;
        if (cause is UnauthorizedAccessException)
            return "permission denied. Give this user write access to the folder.";
        if (code is NoSpace or WindowsDiskFull || cause.Message.Contains("No space left", StringComparison.Ordinal))
            return "the disk is full. Free some space; recording goes on by itself.";
        if (code == ReadOnly || cause.Message.Contains("Read-only", StringComparison.Ordinal))
            return "the file system is read-only. Mount it writable or choose another data directory.";
        if (code == InputOutput || cause.Message.Contains("Input/output", StringComparison.Ordinal))
            return "the device reports an input/output error. Check the disk.";
        return cause.Message.TrimEnd('.') + ".";
    }
}

/// <summary>Frames that could not be kept because the disk took too little for too long.</summary>
/// <param name="AfterLine">Last line of the session's file before the hole.</param>
/// <param name="Frames">How many lines were refused so far; 0 when the hole begins.</param>
/// <param name="IsOver">The hole has ended; its <c>journal_overrun</c> line has been written.</param>
public readonly record struct JournalOverrun(long AfterLine, long Frames, bool IsOver)
{
    /// <summary>When the first line was refused.</summary>
    public Core.Time.TimestampNs From { get; init; }

    /// <summary>When the last one was.</summary>
    public Core.Time.TimestampNs To { get; init; }

    /// <summary>The time of the <c>journal_overrun</c> line.</summary>
    public Core.Time.TimestampNs Time { get; init; }
}
