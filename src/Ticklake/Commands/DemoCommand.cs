using System.CommandLine;
using System.Text.Json;
using Ticklake.Hosting;
using Ticklake.Runtime.Configuration;
using Ticklake.Simulator;
using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary><c>demo</c>: simulated exchanges, really recorded; needs no network.</summary>
static class DemoCommand
{
    const string Banner = "DEMO: the exchanges are simulated on this machine; the prices are not real.";

    public static Command Create()
    {
        var seconds = new Option<double?>("--seconds") { Description = "Stop after so many seconds; default: at Ctrl+C." };
        var exchange = new Option<string[]>("--exchange")
        {
            Description = "Only these exchanges or markets, e.g. binance,okx/swap (several, or comma-separated).",
            AllowMultipleArgumentsPerToken = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "The data directory.",
            DefaultValueFactory = _ => "./data/demo",
        };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same market.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double>("--rate")
        {
            Description = "Market events per second and symbol.",
            DefaultValueFactory = _ => 25,
        };
        var command = new Command("demo", "Record simulated exchanges: no network needed.")
        {
            seconds, exchange, data, seed, rate,
        };
        var cut = SegmentChoice.AddTo(command);
        command.SetAction(parsed => RunAsync(
            parsed.GetValue(seconds),
            [.. (parsed.GetValue(exchange) ?? []).SelectMany(e => e.Split(',', StringSplitOptions.RemoveEmptyEntries))],
            Path.GetFullPath(parsed.GetValue(data)!),
            cut.Read(parsed),
            new SimulatorOptions { Seed = parsed.GetValue(seed), EventsPerSecond = parsed.GetValue(rate) }));
        return command;
    }

    static async Task<int> RunAsync(
        double? seconds, IReadOnlyList<string> only, string data, SegmentOptions cut, SimulatorOptions simulation)
    {
        if (only.FirstOrDefault(name => !DemoMarkets.All.Any(m => DemoMarkets.IsMeant(name, m))) is { } unknown)
        {
            SharedOptions.Complain(
                $"There is no simulated exchange or market '{unknown}'. Known: {string.Join(", ", DemoMarkets.Names)}.");
            return ExitCodes.Usage;
        }

        if (DataFolder.Check(data) is { } unwritable)
        {
            SharedOptions.Complain(unwritable);
            return ExitCodes.Usage;
        }

        await using var simulator = await ExchangeSimulator.StartAsync(simulation, CancellationToken.None);
        var options = new RecorderOptions
        {
            Data = data,
            Segments = new SegmentSettings { Cut = cut },
            Markets = [.. DemoMarkets.Options(simulator).Where(m => only.Count == 0 || only.Any(n => DemoMarkets.IsMeant(n, m.Market)))],
        };
        return await new RecorderHost(options)
        {
            Banner = Banner,
            Duration = seconds is { } given ? TimeSpan.FromSeconds(given) : null,
            Stopped = () => WriteTruth(simulator, Path.Combine(data, "truth.json")),
        }.RunAsync();
    }

    // What was sent, to be compared with what was recorded.
    static ValueTask WriteTruth(ExchangeSimulator simulator, string path)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        simulator.Truth.WriteSummary(json);
        return ValueTask.CompletedTask;
    }
}
