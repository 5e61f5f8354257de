using System.Text.Json;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Replay;

/// <summary>
/// The note <c>complete.json</c> in a session's journal folder: every row of the session is in a sealed segment, and this is
/// what its streams leave to the next session. Losing it costs a replay of the session, nothing else.
/// </summary>
public sealed record SessionMarker
{
    public const string FileName = "complete.json";

    public int Version { get; init; } = 1;

    public IReadOnlyList<StreamCarry> Streams { get; init; } = [];

    /// <summary>The note of a session, or null where it has none that can be read.</summary>
    public static SessionMarker? Find(JournalSession session)
    {
        try
        {
            var path = PathOf(session.Files[0].FullPath);
            return File.Exists(path)
                ? JsonSerializer.Deserialize<SessionMarker>(File.ReadAllBytes(path), StreamCarry.Options)
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Writes the note beside the session's journal files; false where the disk refuses it.</summary>
    public static bool TryWrite(string journalFile, IEnumerable<StreamCarry> streams)
    {
        var path = PathOf(journalFile);
        var temporary = path + ".tmp";
        var marker = new SessionMarker { Streams = [.. streams] };
        try
        {
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(marker, StreamCarry.Options));
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string PathOf(string journalFile) => Path.Combine(Path.GetDirectoryName(journalFile)!, FileName);
}
