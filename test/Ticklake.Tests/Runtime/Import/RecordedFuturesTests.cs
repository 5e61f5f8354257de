using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Replay;
using Ticklake.Tests.Fixtures;
using Xunit;

namespace Ticklake.Tests.Runtime.Import;

/// <summary>Recordings of Binance futures, imported: no gaps, and the books that an independent script found.</summary>
public sealed class RecordedFuturesTests : IDisposable
{
    readonly string _data = Directory.CreateTempSubdirectory("ticklake-futures-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("usdm", RecordingFormat.Hftbacktest, "binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz")]
    [InlineData("usdm", RecordingFormat.Cryptofeed, "binance_usdm/cryptofeed_binance_usdm_20210722.jsonl.gz")]
    [InlineData("coinm", RecordingFormat.Hftbacktest,
        "binance_coinm/hftbacktest_cm_btcusd_perp_20240808.gz", "binance_coinm/hftbacktest_cm_btcusd_perp_20240809.gz")]
    public async Task Books_are_those_that_were_expected(string market, RecordingFormat format, params string[] files)
    {
        var cancel = TestContext.Current.CancellationToken;
        var id = new MarketId("binance", market);
        RecordingImporter.Import(
            new ImportRequest
            {
                Format = format,
                Market = id,
                Files = [.. files.Select(f => Path.Combine(Recordings.Root, f))],
                DataDirectory = _data,
            },
            cancel);

        var gaps = new List<string>();
        await GapList.FindAsync(_data, f => gaps.Add(f.ToString()), cancel);
        gaps.ShouldBeEmpty();
        using var expected = JsonDocument.Parse(Recordings.Read("EXPECTED.json"));
        var books = expected.RootElement.GetProperty(string.Join(" + ", files.Select((f, i) => i == 0 ? f : Path.GetFileName(f))));
        foreach (var book in books.EnumerateObject())
        {
            var answer = BookRebuild.Answer(new BookQuestion(_data, id, Channel.Books, book.Name));
            var state = answer.State.ShouldNotBeNull(answer.Fault);
            Convert.ToHexStringLower(SHA256.HashData(BookRebuild.Canonical(state)))
                .ShouldBe(book.Value.GetProperty("sha256").GetString(), book.Name);
        }
    }
}
