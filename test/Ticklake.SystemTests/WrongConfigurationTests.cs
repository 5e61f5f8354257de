using Shouldly;
using Xunit;

namespace Ticklake.SystemTests;

/// <summary>A wrong configuration gives one clear message with its line, exit code 2, and nothing is started.</summary>
public sealed class WrongConfigurationTests : IDisposable
{
    // Should a faulty file ever be taken for a good one, nobody outside hears of it.
    const string Streams =
        """

        exchanges:
          bitfinex:
            websocket: ws://127.0.0.1:9/ws/2
            streams:
              - channel: trades
                symbols: [tBTCUSD]
        """;

    // A Binance connection lives 24 hours at most.
    const string BinanceStreams =
        """

        exchanges:
          binance:
            market: spot
            websocket: ws://127.0.0.1:9
            rest: http://127.0.0.1:9
            streams:
              - channel: trades
                symbols: [BTCUSDT]
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("data: ./data\njournall: {}" + Streams, 2, "journall")]
    [InlineData("data: ./data\nsession: { rotate_after: 5 bananas }" + Streams, 2, "rotate_after")]
    [InlineData("data: ./data\nsession: { rotate_after: 25h }" + BinanceStreams, 2, "rotate_after")]
    [InlineData("data: ${TICKLAKE_NO_SUCH_VARIABLE}" + Streams, 1, "TICKLAKE_NO_SUCH_VARIABLE")]
    [InlineData("data: ./file/below" + Streams, 1, "below")]
    [InlineData("data: ./data\nexchanges:\n  bitfinex:\n    websocket: ws://127.0.0.1:9\n    streams:\n      - channel: trades\n        symbols: [BTC/USD]", 7, "BTC/USD")]
    [InlineData("data: ./data\nexchanges:\n  bitfinx:\n    streams: []", 3, "bitfinx")]
    public async Task Each_fault_is_told_once_with_its_line(string yaml, int line, string word)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "no folder");
        var path = Path.Combine(_folder, "ticklake.yml");
        await File.WriteAllTextAsync(path, yaml);

        var (code, output, errors) = await TicklakeProcess.RunAsync(_folder, "run", "-c", path);

        code.ShouldBe(2, errors);
        var message = errors.Split('\n').ShouldHaveSingleItem();
        message.ShouldContain($"ticklake.yml:{line}:");
        message.ShouldContain(word);
        output.ShouldBeEmpty();
        Directory.Exists(Path.Combine(_folder, "data", "journal")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var (code, _, errors) = await TicklakeProcess.RunAsync(_folder, "run", "-c", "nowhere.yml");

        code.ShouldBe(2);
        errors.Split('\n').ShouldHaveSingleItem().ShouldContain("nowhere.yml");
    }
}
