using Microsoft.Extensions.Logging;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Telemetry;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// Writes both books of a drift to <c>{data}/postmortem/</c>, for whoever wants to know what happened; the newest are kept.
/// Thread-safe; files are written one drift after the other, on no session's thread.
/// </summary>
public sealed class PostMortem(string dataDirectory, ILogger log)
{
    public const string FolderName = "postmortem";

    // A whole book is a few hundred kilobytes at most; who has not looked after so many has seen the rest in controls.
    public const int MostKept = 100;

    readonly Lock _gate = new();
    Task _writing = Task.CompletedTask;

    /// <summary>Completes when everything told so far is written.</summary>
    public Task Written
    {
        get
        {
            lock (_gate)
                return _writing;
        }
    }

    public void Take(BookDrift drift)
    {
        lock (_gate)
            _writing = _writing.ContinueWith(_ => Write(drift), TaskScheduler.Default);
    }

    void Write(BookDrift drift)
    {
        var root = Path.Combine(dataDirectory, FolderName);
        var (key, time) = (drift.Stream, drift.Time.ToDateTimeOffset());
        var folder = Path.Combine(
            root,
            $"{time:yyyyMMdd'T'HHmmss'.'fff'Z'}-{key.Market.PathName}-{key.ChannelName}-{PathName.Escape(key.Symbol, PathCase.Upper)}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "ours.txt"), drift.Ours);
            File.WriteAllBytes(Path.Combine(folder, "exchange.txt"), drift.Theirs);
            File.WriteAllText(
                Path.Combine(folder, "finding.txt"), $"{key} at update {drift.UpdateId}\n{drift.Place}\n{drift.Finding}\n");
            // Names begin with the time.
            foreach (var old in Directory.GetDirectories(root).Order(StringComparer.Ordinal).SkipLast(MostKept))
                Directory.Delete(old, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogMessages.PostMortemFailed(log, folder, e.Message);
        }
    }
}
