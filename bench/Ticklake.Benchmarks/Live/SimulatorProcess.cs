using System.Diagnostics;
using System.Text.Json;

namespace Ticklake.Benchmarks.Live;

/// <summary>The simulated exchanges in a process of their own, so that what they cost is not the recorder's.</summary>
sealed class SimulatorProcess : IDisposable
{
    readonly Process _process;
    readonly HttpClient _client = new();
    Uri? _root;

    SimulatorProcess(Process process) => _process = process;

    /// <param name="program">Path of <c>ticklake.dll</c>.</param>
    /// <param name="options">Of <c>ticklake simulate</c>.</param>
    public static SimulatorProcess Start(string program, params string[] options) => new(
        Process.Start(new ProcessStartInfo("dotnet", [program, "simulate", .. options]) { RedirectStandardOutput = true })!);

    /// <summary>Addresses by venue and door: <c>binance rest</c>, <c>coinbase exchange</c>.</summary>
    public async Task<IReadOnlyDictionary<string, Uri>> ReadEndpointsAsync()
    {
        var endpoints = new Dictionary<string, Uri>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var venue, var door, var address])
                break;
            endpoints[$"{venue} {door}"] = new Uri(address);
        }

        _root = new Uri(endpoints.First(e => e.Value.Scheme == Uri.UriSchemeHttp).Value, "/");
        return endpoints;
    }

    /// <summary>What was sent so far.</summary>
    public async Task<JsonElement> TruthAsync() =>
        JsonDocument.Parse(await _client.GetByteArrayAsync(new Uri(_root!, "sim/truth"))).RootElement;

    /// <summary>Resets every connection that is open now.</summary>
    public async Task CutEveryConnectionAsync()
    {
        using var fault = new StringContent("""{"kind":"reset"}""");
        (await _client.PostAsync(new Uri(_root!, "sim/faults"), fault)).EnsureSuccessStatusCode();
    }

    public async Task StopAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }
}
