using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Recording;

/// <summary>The journal of a session whose rows are all sealed.</summary>
/// <param name="Market">Whose session it was.</param>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="Bytes">What its files take.</param>
/// <param name="LastWrite">When the last of them was written to.</param>
public sealed record FinishedJournal(MarketId Market, string Folder, long Bytes, DateTime LastWrite)
{
    // {data}/journal/{exchange}/{market}/{conn_id}
    public static FinishedJournal Of(string dataDirectory, string folder)
    {
        var parts = Path.GetRelativePath(dataDirectory, folder).Split(Path.DirectorySeparatorChar);
        var files = new DirectoryInfo(folder).GetFiles("*.jsonl.zst");
        return new FinishedJournal(
            new MarketId(parts[1], parts[2]),
            folder,
            files.Sum(file => file.Length),
            files.Select(file => file.LastWriteTimeUtc).DefaultIfEmpty().Max());
    }
}
