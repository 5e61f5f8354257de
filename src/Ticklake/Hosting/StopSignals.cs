using System.Runtime.InteropServices;

namespace Ticklake.Hosting;

/// <summary>
/// The signals a recorder obeys: the first interrupt or termination stops it gracefully, the second at once; SIGUSR1 forces
/// a flush.
/// </summary>
sealed class StopSignals : IDisposable
{
    // 128 + SIGINT: what shells report for an interrupted program.
    const int InterruptedExitCode = 130;
    static readonly PosixSignal UserSignal1 = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10);

    readonly CancellationTokenSource _stop = new();
    readonly List<PosixSignalRegistration> _registrations = [];
    int _asked;

    public StopSignals(Action flush)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnStop));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnStop));
        if (!OperatingSystem.IsWindows())
        {
            _registrations.Add(PosixSignalRegistration.Create(UserSignal1, context =>
            {
                context.Cancel = true;
                flush();
            }));
        }
    }

    public CancellationToken Stop => _stop.Token;

    /// <summary>Stops as a first interrupt would.</summary>
    public void StopNow() => _stop.Cancel();

    public void StopAfter(TimeSpan delay) => _stop.CancelAfter(delay);

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    void OnStop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _asked) == 1)
            _stop.Cancel();
        else
            Environment.Exit(InterruptedExitCode);
    }
}
