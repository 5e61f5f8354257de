namespace Ticklake.Commands;

/// <summary>What a command's exit code means; part of <c>--help</c>.</summary>
static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command worked and found something wrong: a difference, a gap that was asked about, a refused line.</summary>
    public const int Found = 1;

    /// <summary>Wrong arguments or configuration; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Something outside failed: a disk, a lock held by another recorder.</summary>
    public const int Failed = 3;

    public const string Help = "Exit codes: 0 done; 1 something is not as it should be; 2 wrong arguments or configuration, "
        + "nothing was started; 3 a disk or another process is in the way.";
}
