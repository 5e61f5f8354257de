using System.CommandLine;
using Ticklake.Hosting;
using Ticklake.Simulator;
using Ticklake.Simulator.Truth;

namespace Ticklake.Commands;

/// <summary><c>simulate</c>: the simulated exchanges alone, for tests of one's own.</summary>
static class SimulateCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1; 0 = any free one.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same market.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double>("--rate")
        {
            Description = "Market events per second and symbol.",
            DefaultValueFactory = _ => 25,
        };
        var symbols = new Option<int>("--symbols")
        {
            Description = "Symbols of each market; 0 = its usual ones.",
            DefaultValueFactory = _ => 0,
        };
        var firehose = new Option<bool>("--firehose") { Description = "Push frames as fast as the client reads." };
        var limits = new Option<bool>("--limits") { Description = "Keep the real exchanges' connection and message limits." };
        var faults = new Option<string?>("--faults") { Description = "A JSON file of faults to inject." };
        var truth = new Option<string?>("--truth") { Description = "A file for the record of everything sent." };
        var journals = new Option<string[]>("--serve-journal")
        {
            Description = "Serve these recordings instead of simulated markets.",
            AllowMultipleArgumentsPerToken = true,
        };
        var pace = new Option<bool>("--pace") { Description = "Serve recordings at their own pace." };
        var seconds = new Option<double?>("--seconds") { Description = "Stop after so many seconds." };
        var command = new Command("simulate", "Serve simulated exchanges on this machine.")
        {
            port, seed, rate, symbols, firehose, limits, faults, truth, journals, pace, seconds,
        };
        command.SetAction(parsed => RunAsync(
            new SimulatorOptions
            {
                Port = parsed.GetValue(port),
                Seed = parsed.GetValue(seed),
                EventsPerSecond = parsed.GetValue(rate),
                Symbols = parsed.GetValue(symbols) is > 0 and var count
                    ? ExchangeSimulator.Venues.ToDictionary(v => v, v => ExchangeSimulator.SymbolsOf(v, count))
                    : new Dictionary<string, IReadOnlyList<string>>(),
                Firehose = parsed.GetValue(firehose),
                EnforcesLimits = parsed.GetValue(limits),
                FaultsPath = parsed.GetValue(faults),
                TruthPath = parsed.GetValue(truth),
                // Without a file nobody could read the frames: their number is enough.
                TruthDetail = parsed.GetValue(truth) is null ? TruthDetail.Count : TruthDetail.Full,
                Recordings = parsed.GetValue(journals) ?? [],
                PacesRecordings = parsed.GetValue(pace),
            },
            parsed.GetValue(seconds)));
        return command;
    }

    static async Task<int> RunAsync(SimulatorOptions options, double? seconds)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(options, CancellationToken.None);
        using var signals = new StopSignals(() => { });
        if (seconds is { } given)
            signals.StopAfter(TimeSpan.FromSeconds(given));
        foreach (var venue in ExchangeSimulator.Venues)
        {
            Console.WriteLine($"{venue,-14} websocket {simulator.WebSocket(venue)}");
            Console.WriteLine($"{venue,-14} rest      {simulator.Rest(venue)}");
            foreach (var (door, address) in simulator.OtherDoors(venue))
                Console.WriteLine($"{venue,-14} {door,-9} {address}");
        }

        Console.WriteLine("Ctrl+C stops.");
        try
        {
            await Task.Delay(Timeout.Infinite, signals.Stop);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        return ExitCodes.Success;
    }
}
