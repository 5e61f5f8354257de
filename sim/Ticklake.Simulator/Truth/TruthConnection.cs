namespace Ticklake.Simulator.Truth;

/// <summary>One connection from accept to close.</summary>
public sealed class TruthConnection
{
    internal TruthConnection(int ordinal, string exchange, string address)
    {
        Ordinal = ordinal;
        Exchange = exchange;
        Address = address;
    }

    /// <summary>1 for the first connection of the run, over all exchanges.</summary>
    public int Ordinal { get; }

    public string Exchange { get; }

    /// <summary>The client's address.</summary>
    public string Address { get; }

    /// <summary>Frames handed to the socket.</summary>
    public long Frames { get; internal set; }

    /// <summary>
    /// Frames the operating system had accepted when the connection ended; what is beyond never left.
    /// </summary>
    public long Written { get; internal set; }

    /// <summary>Why it ended, or null while it is open.</summary>
    public string? Closed { get; internal set; }

    internal Dictionary<string, long> FramesByStream { get; } = [];
}
