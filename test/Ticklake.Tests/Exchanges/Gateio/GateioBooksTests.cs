using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Gateio;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Tests.Fixtures;
using Ticklake.Tests.Runtime.Import;
using Xunit;

namespace Ticklake.Tests.Exchanges.Gateio;

/// <summary>The books of the recording, imported and rebuilt as a user would.</summary>
public sealed class GateioBooksTests : IDisposable
{
    const string Recording = "gateio/spot_v4_5pairs_20210422.jsonl";

    readonly ImportTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_recording_becomes_segments_without_a_gap()
    {
        _folder.Import(RecordingFormat.Cryptofeed, "gateio", "spot", [ImportTestFolder.Fixture(Recording)]);
        var lake = Path.Combine(_folder.Path, "data");
        var report = await SegmentReplay.FillAsync(lake, TestContext.Current.CancellationToken);
        report.Replay.Findings.ShouldBe(0);
    }

    [Fact]
    public void Every_pair_ends_with_the_expected_book()
    {
        _folder.Import(RecordingFormat.Cryptofeed, "gateio", "spot", [ImportTestFolder.Fixture(Recording)]);
        using var expected = JsonDocument.Parse(Recordings.Read("EXPECTED.json"));
        foreach (var pair in expected.RootElement.GetProperty(Recording).EnumerateObject())
        {
            var answer = BookRebuild.Answer(
                new BookQuestion(Path.Combine(_folder.Path, "data"), GateioExchange.Spot, Channel.Books, pair.Name));
            var state = answer.State.ShouldNotBeNull(answer.Fault);
            state.BookStatus.ShouldBe(BookStatus.Valid, pair.Name);
            Convert.ToHexStringLower(SHA256.HashData(BookRebuild.Canonical(state)))
                .ShouldBe(pair.Value.GetProperty("sha256").GetString(), pair.Name);
        }
    }
}
