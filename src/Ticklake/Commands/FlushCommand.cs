using System.CommandLine;
using System.Runtime.InteropServices;
using Ticklake.Hosting;
using Ticklake.Runtime.Recording;

namespace Ticklake.Commands;

/// <summary><c>flush</c>: seals the open segments of a running recorder.</summary>
static partial class FlushCommand
{
    static readonly int UserSignal1 = OperatingSystem.IsMacOS() ? 30 : 10;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var data = SharedOptions.Data();
        var command = new Command("flush", "Seal the open segments of the running recorder now.") { data };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(data)!, cancel));
        return command;
    }

    static async Task<int> RunAsync(string data, CancellationToken cancel)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        using (var free = LakeLock.TryTake(lake))
        {
            if (free is not null || StatusFile.Read(lake) is not { } status)
            {
                SharedOptions.Complain($"No recorder runs in {lake}.");
                return ExitCodes.Failed;
            }

            if (OperatingSystem.IsWindows() || Kill(status.ProcessId, UserSignal1) != 0)
            {
                SharedOptions.Complain($"Process {status.ProcessId} cannot be signalled from here.");
                return ExitCodes.Failed;
            }

            return await WaitAsync(lake, status.Flushes, cancel);
        }
    }

    static async Task<int> WaitAsync(string lake, long before, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Interval, cancel);
            if (StatusFile.Read(lake) is { } status && status.Flushes > before)
            {
                Console.WriteLine($"Flushed: {status.SealedSegments:N0} segments sealed since the start.");
                return ExitCodes.Success;
            }
        }

        SharedOptions.Complain($"The recorder has not finished the flush within {Patience.TotalSeconds:F0} s.");
        return ExitCodes.Failed;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
