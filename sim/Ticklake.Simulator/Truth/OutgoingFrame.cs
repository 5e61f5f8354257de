namespace Ticklake.Simulator.Truth;

/// <summary>
/// A message on its way to one client, with what the truth log must know of it once it is really sent.
/// </summary>
/// <param name="Stream">The stream it belongs to, or null for acknowledgements and notices.</param>
/// <param name="Kind">What it is to the receiver.</param>
/// <param name="Body">The message; the connection adds what depends on the moment of sending.</param>
/// <param name="Rows">Rows it makes, see <see cref="TruthStream"/>; trades are counted by their ids instead.</param>
sealed record OutgoingFrame(TruthStream? Stream, FrameKind Kind, byte[] Body, int Rows = 0)
{
    public IReadOnlyList<TruthTrade> Trades { get; init; } = [];

    /// <summary>Sent as a binary message; the truth log keeps it in base64.</summary>
    public bool IsBinary { get; init; }

    public static OutgoingFrame Control(ReadOnlySpan<byte> text) => new(null, FrameKind.Control, text.ToArray());
}
