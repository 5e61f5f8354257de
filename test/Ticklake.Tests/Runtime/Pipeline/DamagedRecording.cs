using Ticklake.Core.Markets;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>A recording's lines, one of them damaged, and what the recorder says of the import.</summary>
sealed class DamagedRecording(RecordingFormat format, MarketId market, string separator = "\n")
{
    public long? ConfFlags { get; init; }

    /// <summary>Imports the lines and gives what <c>gaps</c> lists.</summary>
    public async Task<List<IntegrityEvent>> GapsAsync(IEnumerable<string> lines)
    {
        var folder = Directory.CreateTempSubdirectory("ticklake-damage-").FullName;
        try
        {
            var source = Path.Combine(folder, "recording");
            await File.WriteAllTextAsync(source, string.Join(separator, lines), TestContext.Current.CancellationToken);
            var data = Path.Combine(folder, "data");
            RecordingImporter.Import(
                new ImportRequest
                {
                    Format = format,
                    Market = market,
                    Files = [source],
                    DataDirectory = data,
                    ConfFlags = ConfFlags,
                },
                TestContext.Current.CancellationToken);
            var found = new List<IntegrityEvent>();
            await GapList.FindAsync(data, found.Add, TestContext.Current.CancellationToken);
            return found;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static List<string> Without(IReadOnlyList<string> lines, int index) => [.. lines.Take(index), .. lines.Skip(index + 1)];

    public static List<string> Twice(IReadOnlyList<string> lines, int index) =>
        [.. lines.Take(index + 1), lines[index], .. lines.Skip(index + 1)];

    public static List<string> Swapped(IReadOnlyList<string> lines, int index) =>
        [.. lines.Take(index), lines[index + 1], lines[index], .. lines.Skip(index + 2)];

    public static List<string> With(IReadOnlyList<string> lines, int index, string line) =>
        [.. lines.Take(index), line, .. lines.Skip(index + 1)];

    /// <summary>Kind, imported line and stream, in the order of the list.</summary>
    public static string Describe(IEnumerable<IntegrityEvent> found) => string.Join(
        '\n', found.Select(x => $"{x.Kind} {x.ImportedLine} {x.Stream?.ChannelName} {x.Stream?.Symbol}".TrimEnd()));
}
