namespace Ticklake.Simulator.Transport;

/// <summary>A REST answer, made with the timeline's gate held and sent after.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON text.</param>
/// <param name="Rows">Rows a recorder makes of it, for the truth log.</param>
sealed record RestAnswer(int Status, byte[] Body, int Rows = 0)
{
    /// <summary>Headers to add.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static RestAnswer Ok(Utf8Text text, int rows = 0) => new(200, text.ToArray(), rows);

    public static RestAnswer Of(int status, ReadOnlySpan<byte> body) => new(status, body.ToArray());
}
