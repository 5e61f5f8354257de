using System.Text.Json;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// The exchange's side of a conversation about a recording: what greets the client, what its requests are answered
/// with,
/// which recorded frames were such answers and are not played, and when everything recorded has been asked for.
/// </summary>
abstract class RecordedDialogue
{
    /// <summary>What the server says first, or null.</summary>
    public abstract byte[]? Greeting { get; }

    /// <summary>All recorded streams have been asked for: the playing may begin.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>The answer to a request.</summary>
    public abstract byte[] Answer(JsonElement request);

    /// <summary>The frame is data, not half of a conversation.</summary>
    public abstract bool Plays(RecordedFrame frame);

    public static RecordedDialogue For(Recording recording) =>
        recording.Exchange == "bitfinex" ? new BitfinexDialogue(recording) : new BinanceDialogue(recording);
}
