using System.Text;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;

namespace Ticklake.Runtime.Sessions;

/// <summary>Something that happened to a connection, as its journal line says it.</summary>
/// <param name="Name">The line's <c>e</c>, and the kind of its <c>controls</c> row.</param>
/// <param name="Members">Further JSON members, without braces; may be empty.</param>
sealed record Occurrence(string Name, byte[] Members)
{
    public static Occurrence Close(string reason) => new("close", Json(("reason", reason)));

    public static Occurrence Error(string reason) => new("error", Json(("reason", reason)));

    public static Occurrence Shutdown() => new("shutdown", []);

    /// <summary>The lines of a waiting session are processed from here on.</summary>
    public static Occurrence TookOver() => new(StandbyVerdict.TookOver, []);

    /// <summary>A waiting session was given up; the one it follows goes on.</summary>
    public static Occurrence StandbyDropped() => new(StandbyVerdict.Dropped, []);

    /// <summary>An occurrence that concerns one stream.</summary>
    public static Occurrence Of(string name, StreamKey stream, string reason) => new(
        name, Json(("channel", stream.ChannelName), ("symbol", stream.Symbol), ("reason", reason)));

    /// <summary>One that concerns the market; the values are texts.</summary>
    public static Occurrence With(string name, params (string Name, string Value)[] members) => new(name, Json(members));

    /// <summary>One that concerns the market; numbers first.</summary>
    public static Occurrence With(
        string name, IReadOnlyList<(string Name, long Value)> numbers, params (string Name, string Value)[] texts)
    {
        var members = numbers.ToDictionary(n => n.Name, n => (object)n.Value);
        foreach (var (text, value) in texts)
            members.Add(text, value);
        return new Occurrence(name, JsonSerializer.SerializeToUtf8Bytes(members)[1..^1]);
    }

    /// <summary>The journal writes this line by itself, with these members.</summary>
    public static Occurrence Overrun(in JournalOverrun overrun) => new(
        "journal_overrun",
        Encoding.UTF8.GetBytes($"\"lost\":{overrun.Frames},\"from\":{overrun.From.Value},\"to\":{overrun.To.Value}"));

    /// <summary>The journal writes this line by itself, with these members.</summary>
    public static Occurrence Open(JournalHeader header) => new("open", header.ToMembers());

    /// <summary>What a reader of the journal would hand to the pipeline, but for the line's time and kind.</summary>
    public byte[] ToPayload() =>
        [.. "{\"e\":\""u8, .. Encoding.UTF8.GetBytes(Name), .. "\""u8, .. Members.Length > 0 ? ","u8 : [], .. Members, .. "}"u8];

    static byte[] Json(params (string Name, string Value)[] members) => JsonSerializer
        .SerializeToUtf8Bytes(members.ToDictionary(m => m.Name, m => m.Value))[1..^1];
}
