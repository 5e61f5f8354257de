using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ticklake.Hosting;

/// <summary>Keeps the last log lines for the live view, which owns the terminal. Thread-safe.</summary>
sealed class RecentLog : ILoggerProvider
{
    const int Kept = 8;

    readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
    }

    void Add(LogLevel level, string text)
    {
        _lines.Enqueue((level, text));
        while (_lines.Count > Kept)
            _lines.TryDequeue(out _);
    }

    sealed class Writer(RecentLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add(logLevel, formatter(state, exception));
    }
}
