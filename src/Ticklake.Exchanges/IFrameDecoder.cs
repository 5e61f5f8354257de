using Ticklake.Core.Events;

namespace Ticklake.Exchanges;

/// <summary>What became of one frame.</summary>
public enum FrameVerdict : byte
{
    /// <summary>Understood: events, a heartbeat or a notice were written.</summary>
    Decoded,

    /// <summary>Well formed, but of a stream or kind this recorder does not record.</summary>
    Ignored,

    /// <summary>
    /// Not what the exchange's documentation says: nothing was written; the frame goes to quarantine.
    /// </summary>
    Malformed,
}

/// <summary>
/// Turns one connection's frames into events. Pure: no clock, socket, log or thread; one instance per connection, which
/// holds what the protocol makes it hold (channel ids, flags) and nothing else. One pass over the bytes, no allocation
/// for
/// data frames. Whatever bytes come in, it returns a verdict and never throws.
/// </summary>
public interface IFrameDecoder
{
    /// <summary>Why the last frame was <see cref="FrameVerdict.Malformed"/>; a constant text.</summary>
    string? LastFault { get; }

    /// <summary>A received text or binary message.</summary>
    FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer);

    /// <summary>The body of a REST answer that this session asked for.</summary>
    /// <param name="path">Path and query as requested, <c>/api/v3/depth?symbol=BTCUSDT&amp;limit=1000</c>.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">The answer's body as it came.</param>
    /// <param name="writer">Takes the events.</param>
    FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer);

    /// <summary>A frame this side sent: some protocols' answers only make sense with the question.</summary>
    void Sent(ReadOnlySpan<byte> frame);

    /// <summary>
    /// The frames that a new decoder must be given by <see cref="Restore"/> to go on in the middle of the session: they
    /// begin a journal file after a rotation.
    /// </summary>
    IReadOnlyList<DecoderContext> Context();

    /// <summary>
    /// Takes one frame of <see cref="Context"/> back. That is no news: it opens streams, says by
    /// <see cref="NoticeKind.ConfigurationAcknowledged"/> which settings are in force (rows carry them as
    /// <c>conf_flags</c>), and writes nothing else.
    /// </summary>
    void Restore(in DecoderContext context, IEventWriter writer);
}

/// <summary>One frame of a decoder's context.</summary>
/// <param name="Frame">The frame as it was received.</param>
/// <param name="HasData">The subscription it acknowledges has already delivered (its snapshot is past).</param>
/// <param name="BatchCount">Bulk frames the connection had brought; the next one's batch id is one more.</param>
public readonly record struct DecoderContext(byte[] Frame, bool HasData, long BatchCount = 0);
