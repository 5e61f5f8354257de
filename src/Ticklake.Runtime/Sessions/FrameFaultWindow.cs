namespace Ticklake.Runtime.Sessions;

/// <summary>
/// The circuit breaker of a session: whether more than half of its recent frames could not be understood.
/// </summary>
public sealed class FrameFaultWindow
{
    const int Window = 100;

    readonly bool[] _faulty = new bool[Window];
    int _next;
    int _count;
    int _faults;

    /// <summary>Takes the next frame; true when the connection should be given up.</summary>
    public bool Add(bool isFaulty)
    {
        if (_count == Window)
            _faults -= _faulty[_next] ? 1 : 0;
        else
            _count++;
        _faulty[_next] = isFaulty;
        _faults += isFaulty ? 1 : 0;
        _next = (_next + 1) % Window;
        return _count == Window && _faults > Window / 2;
    }
}
