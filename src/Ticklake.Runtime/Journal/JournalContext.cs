using Ticklake.Exchanges;

namespace Ticklake.Runtime.Journal;

/// <summary>Reads the <c>context</c> lines that begin a file after a rotation.</summary>
public static class JournalContext
{
    /// <summary>False where the line is no context line.</summary>
    public static bool TryRead(in JournalLine line, out DecoderContext context)
    {
        context = default;
        if (line.Kind != JournalLineKind.Occurrence || !line.Occurrence.SequenceEqual("context"u8))
            return false;
        var members = new JournalLineMembers(line.Payload);
        if (!members.IsWhole || !new JournalLineParser().TryPayload(members.Form, members.Message, out var frame))
            return false;
        context = new DecoderContext(frame.ToArray(), members.HasData, members.Batches);
        return true;
    }
}
