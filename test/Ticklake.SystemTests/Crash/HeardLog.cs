using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ticklake.SystemTests.Crash;

/// <summary>Remembers what a recorder says; lets a test await a saying.</summary>
sealed class HeardLog : ILogger
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public async Task HeardAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_lines.Any(l => l.Contains(text, StringComparison.Ordinal)))
            await timer.WaitForNextTickAsync(patience.Token);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
