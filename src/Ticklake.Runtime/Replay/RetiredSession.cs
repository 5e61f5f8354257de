using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Replay;

/// <summary>
/// The note <c>retired.json</c> in a session's journal folder: the journal was deleted on purpose, every row of it being
/// sealed. It says where the session stood among the others and what its streams leave to the next one.
/// </summary>
public sealed record RetiredSession
{
    public int Version { get; init; } = 1;

    public required string Exchange { get; init; }

    public required string Market { get; init; }

    public required string ConnId { get; init; }

    /// <summary>The <c>order</c> and the time of the session's first line.</summary>
    public long Order { get; init; }

    public long BeginNs { get; init; }

    public DateTimeOffset RetiredAt { get; init; }

    /// <summary>The journal files as rows name them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public IReadOnlyList<StreamCarry> Streams { get; init; } = [];

    string FirstFile => Files.Count > 0 ? Files[0] : "";

    /// <summary>
    /// Every retired session of a lake, in the order of their beginnings; notes that cannot be read are passed over.
    /// </summary>
    public static IReadOnlyList<RetiredSession> All(string dataDirectory)
    {
        var root = Path.Combine(dataDirectory, JournalFolder.Name);
        return !Directory.Exists(root)
            ? []
            : [.. Directory.EnumerateFiles(root, JournalFolder.RetiredNote, SearchOption.AllDirectories)
                .Select(Read).OfType<RetiredSession>()
                .OrderBy(x => x.Order).ThenBy(x => x.BeginNs).ThenBy(x => x.FirstFile, StringComparer.Ordinal)];
    }

    public static RetiredSession Of(JournalSession session, SessionMarker marker, DateTimeOffset now) => new()
    {
        Exchange = session.Market.Exchange,
        Market = session.Market.Market,
        ConnId = session.ConnId,
        Order = session.Header.Order,
        BeginNs = session.Begin.Value,
        RetiredAt = now,
        Files = [.. session.Files.Select(x => x.RelativePath)],
        Streams = marker.Streams,
    };

    /// <summary>Whether it began before a session whose journal is there; ties go by the names of the files.</summary>
    public bool IsBefore(JournalSession session) =>
        (Order, BeginNs).CompareTo((session.Header.Order, session.Begin.Value)) is var order && order != 0
            ? order < 0
            : string.CompareOrdinal(FirstFile, session.Files[0].RelativePath) < 0;

    /// <summary>Gives its streams' states to what comes after it.</summary>
    public void ApplyTo(StreamStates states)
    {
        foreach (var carry in Streams)
            carry.ApplyTo(states, new MarketId(Exchange, Market));
    }

    /// <summary>Writes the note, on the disk before this returns: the journal is deleted next.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Write(string folder)
    {
        var path = Path.Combine(folder, JournalFolder.RetiredNote);
        var temporary = path + ".tmp";
        using (var file = File.Create(temporary))
        {
            JsonSerializer.Serialize(file, this, StreamCarry.Options);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        DiskFileSystem.Instance.SyncFolder(folder);
    }

    static RetiredSession? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RetiredSession>(File.ReadAllBytes(path), StreamCarry.Options);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }
}
