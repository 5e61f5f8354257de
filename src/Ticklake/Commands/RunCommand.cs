using System.Collections;
using System.CommandLine;
using Ticklake.Hosting;
using Ticklake.Runtime.Configuration;

namespace Ticklake.Commands;

/// <summary><c>run</c>: records until stopped.</summary>
static class RunCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config", "-c") { Description = "The configuration; default: ./ticklake.yml, or built-in." };
        var command = new Command("run", "Record until Ctrl+C.") { config };
        command.SetAction(parsed => RunAsync(parsed.GetValue(config)));
        return command;
    }

    /// <summary>The configuration, or null after every fault of it was told.</summary>
    public static RecorderOptions? Load(string? path)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
        var result = ConfigLoader.Load(path, environment);
        foreach (var fault in result.Faults)
            SharedOptions.Complain(fault.ToString());
        return result.Options;
    }

    static async Task<int> RunAsync(string? path) =>
        Load(path) is { } options ? await new RecorderHost(options).RunAsync() : ExitCodes.Usage;
}
