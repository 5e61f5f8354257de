using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Shouldly;

namespace Ticklake.SystemTests;

/// <summary>The real executable in a process of its own; killed with its test whatever happens.</summary>
sealed partial class TicklakeProcess : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly StringBuilder _output = new();
    readonly StringBuilder _errors = new();

    TicklakeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public bool HasExited => _process.HasExited;

    public static TicklakeProcess Start(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Executable());
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new TicklakeProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end; its exit code.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string workingDirectory, params string[] arguments)
    {
        using var process = Start(workingDirectory, arguments);
        var code = await process.ExitAsync(Patience);
        return (code, process.Output, process.Errors);
    }

    public void Signal(int signal) => Kill(_process.Id, signal).ShouldBe(0);

    /// <summary>Waits for the end; fails with what the process said when the time is over.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ShouldAssertException($"The process did not end within {limit.TotalSeconds:F0} s: {Output}\n{Errors}");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits for something observable while the process runs.</summary>
    public async Task UntilAsync(string what, Func<bool> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!isSo())
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new ShouldAssertException($"{what}: not so; exited: {_process.HasExited}\n{Output}\n{Errors}");
            await timer.WaitForNextTickAsync();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    static void Take(StringBuilder text, string? line)
    {
        lock (text)
            text.AppendLine(line);
    }

    static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString().TrimEnd();
    }

    // artifacts/bin/Ticklake.SystemTests/release/ has its sibling artifacts/bin/Ticklake/release/.
    static string Executable()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "Ticklake", own.Name, "ticklake.dll");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
