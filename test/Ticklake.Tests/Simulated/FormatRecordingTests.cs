using Shouldly;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Columnar;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Formats other than the default from socket to proof: what is recorded is what was sent, by every reader.</summary>
public sealed class FormatRecordingTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Dictionary<string, SegmentOptions> Choices { get; } = new()
    {
        ["csv"] = new() { Format = SegmentFormat.Csv },
        ["arrow"] = new() { Format = SegmentFormat.Arrow },
        ["parquet decimal"] = new() { Numbers = NumberForm.Decimal },
    };

    public static TheoryData<string> Names => [.. Choices.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recording_is_the_truth_its_replay_and_right(string choice)
    {
        var options = Choices[choice];
        await using var rig = await RecordingRig.StartAsync(["bitfinex", "binance"], configure: x => x with
        {
            Segments = new SegmentSettings { Cut = options },
        });
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(4));
        (await rig.FlushAsync()).ShouldBeGreaterThan(10);
        await rig.PassAsync(TimeSpan.FromSeconds(4));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        TrueRows.ShouldBeComplete(rig, lake, "bitfinex");
        TrueRows.ShouldBeComplete(rig, lake, "binance");
        (await LakeVerification.RunAsync(rig.Data, Cancel)).Differences.ShouldBeEmpty();
        await ReplayIsTheSameAsync(rig.Data, lake, options);
        foreach (var file in lake.Streams.Select(stream => lake.Files(stream)[0]))
            await OthersReadTheSameAsync(file, options);
    }

    static async Task ReplayIsTheSameAsync(string data, RecordedLake lake, SegmentOptions options)
    {
        var again = Directory.CreateTempSubdirectory("ticklake-again-").FullName;
        try
        {
            await SegmentReplay.RemakeAsync(data, again, Cancel, options);
            var remade = new RecordedLake(again);
            remade.Streams.ShouldBe(lake.Streams);
            foreach (var stream in lake.Streams)
            {
                foreach (var column in TableSchemas.Of(stream.Channel).Select(x => x.Name))
                    remade.Column(stream, column).ShouldBe(lake.Column(stream, column), $"{stream} {column}");
            }
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    static Task OthersReadTheSameAsync(string file, SegmentOptions options) => options.Format.Name switch
    {
        "csv" => SegmentCells.ShouldBeTheSameForCsvReadersAsync(file),
        "arrow" => SegmentCells.ShouldBeTheSameForArrowReadersAsync(file),
        _ => SegmentCells.ShouldBeTheSameForExactReadersAsync(file),
    };
}
