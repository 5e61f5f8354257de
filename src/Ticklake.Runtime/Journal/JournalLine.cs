using Ticklake.Core.Time;

namespace Ticklake.Runtime.Journal;

/// <summary>What a journal line holds.</summary>
public enum JournalLineKind : byte
{
    /// <summary>A message received (<c>"k":"&lt;"</c>), text or binary.</summary>
    Received,

    /// <summary>A message this side sent (<c>"k":"&gt;"</c>).</summary>
    Sent,

    /// <summary>A REST answer used by the session (<c>"k":"r"</c>).</summary>
    Answer,

    /// <summary>Something that happened to the connection (<c>"k":"!"</c>).</summary>
    Occurrence,
}

/// <summary>
/// One journal line, decoded: the only input of the pipeline, live and in replay alike. The spans point into the reader's
/// or the socket's buffer and are valid until the next line.
/// </summary>
public readonly ref struct JournalLine
{
    public JournalLineKind Kind { get; init; }

    /// <summary>When it was received, sent or happened.</summary>
    public TimestampNs Time { get; init; }

    /// <summary>1-based position in its journal file.</summary>
    public long LineNumber { get; init; }

    /// <summary>Line or message number in the imported recording (<c>"n"</c>), or 0.</summary>
    public long ImportedLine { get; init; }

    /// <summary>The message (<c>m</c>, <c>s</c> or <c>b</c> decoded); for an occurrence, the line's whole JSON object.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The message came as a binary WebSocket message.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Path and query of a REST answer (<c>u</c>).</summary>
    public ReadOnlySpan<byte> Path { get; init; }

    /// <summary>HTTP status of a REST answer (<c>c</c>).</summary>
    public int Status { get; init; }

    /// <summary>The name of an occurrence (<c>e</c>).</summary>
    public ReadOnlySpan<byte> Occurrence { get; init; }
}
