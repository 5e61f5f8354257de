using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Transport;

/// <summary>
/// One stream of a load test: writes its messages one after the other, as fast as they are asked for.
/// </summary>
abstract class FirehoseLane(TruthStream stream, int rowsPerFrame)
{
    public TruthStream Stream => stream;

    public int RowsPerFrame => rowsPerFrame;

    /// <summary>Writes the next message; true where it is a checksum, which makes no rows.</summary>
    public abstract bool WriteNext(Utf8Text text);
}
