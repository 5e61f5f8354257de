using System.Text;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Sessions;

/// <summary>Something that happened to a connection, as its journal line says it.</summary>
/// <param name="Name">The line's <c>e</c>, and the kind of its <c>controls</c> row.</param>
/// <param name="Members">Further JSON members, without braces; may be empty.</param>
sealed record Occurrence(string Name, byte[] Members)
{
    public static Occurrence Close(string reason) => new("close", Json(("reason", reason)));

    public static Occurrence Error(string reason) => new("error", Json(("reason", reason)));

    public static Occurrence Shutdown() => new("shutdown", []);

    /// <summary>An occurrence that concerns one stream.</summary>
    public static Occurrence Of(string name, StreamKey stream, string reason) => new(
        name, Json(("channel", stream.ChannelName), ("symbol", stream.Symbol), ("reason", reason)));

    /// <summary>As the journal writes this line by itself.</summary>
    public static Occurrence Overrun(in JournalOverrun overrun) => new(
        "journal_overrun",
        Encoding.UTF8.GetBytes(
            $"\"lost\":{overrun.Frames},\"from\":{overrun.From.Value},\"to\":{overrun.To.Value}"));

    /// <summary>What a reader of the journal would hand to the pipeline.</summary>
    public byte[] ToPayload() =>
        [.. "{\"e\":\""u8, .. Encoding.UTF8.GetBytes(Name), .. "\""u8, .. Members.Length > 0 ? ","u8 : [], .. Members, .. "}"u8];

    static byte[] Json(params (string Name, string Value)[] members) => JsonSerializer
        .SerializeToUtf8Bytes(members.ToDictionary(m => m.Name, m => m.Value))[1..^1];
}
