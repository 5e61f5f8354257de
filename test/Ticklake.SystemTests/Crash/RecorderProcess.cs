using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Ticklake.SystemTests.Crash;

/// <summary>The real recorder as a child process, which a test signals and kills.</summary>
sealed partial class RecorderProcess : IDisposable
{
    const int Interrupt = 2;
    const int UserSignal1 = 10;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly StringBuilder _log = new();
    readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long _startedAt = Stopwatch.GetTimestamp();
    readonly int _wanted;
    int _connections;

    RecorderProcess(string configuration, int connections)
    {
        _wanted = connections;
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList = { Executable, "run", "-c", configuration },
        };
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>The recorder beside this test, of the same configuration.</summary>
    static string Executable
    {
        get
        {
            var own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
            return Path.GetFullPath(Path.Combine(own, "../../Ticklake", Path.GetFileName(own), "ticklake.dll"));
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>From the start to the last of the wanted connections, once it is there.</summary>
    public TimeSpan? TimeToConnect { get; private set; }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static RecorderProcess Start(string configuration, int connections) => new(configuration, connections);

    /// <summary>Every market is connected: recovery is over.</summary>
    public async Task ConnectedAsync()
    {
        if (await Task.WhenAny(_connected.Task, _process.WaitForExitAsync(), Task.Delay(Patience)) != _connected.Task)
            throw new InvalidOperationException($"The recorder did not connect.\n{Log}");
    }

    /// <summary>Completes when the log holds a text.</summary>
    public async Task LoggedAsync(string text)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var began = Stopwatch.GetTimestamp();
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            if (HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"The recorder never said '{text}'.\n{Log}");
            await timer.WaitForNextTickAsync();
        }
    }

    public void RequestFlush() => _ = Signal(_process.Id, UserSignal1);

    public void RequestStop() => _ = Signal(_process.Id, Interrupt);

    /// <summary>SIGKILL; false where the process had ended by itself.</summary>
    public async Task<bool> KillAsync()
    {
        var wasRunning = !_process.HasExited;
        if (wasRunning)
            _process.Kill();
        await _process.WaitForExitAsync();
        return wasRunning && _process.ExitCode == 128 + 9;
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    void Take(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.AppendLine(line);
        if (!line.Contains(": connected to ", StringComparison.Ordinal) || Interlocked.Increment(ref _connections) != _wanted)
            return;
        TimeToConnect = Stopwatch.GetElapsedTime(_startedAt);
        _connected.TrySetResult();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
