using Microsoft.Extensions.Logging;
using Ticklake.Runtime.Configuration;

namespace Ticklake.Hosting;

/// <summary>Where the recorder's log goes: lines for people, JSON for machines, or the live view.</summary>
static class Logging
{
    public static ILoggerFactory Create(LogOptions options, RecentLog? recent) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(LevelOf(options.Level));
        if (recent is not null)
        {
            builder.AddProvider(recent);
            return;
        }

        // Standard output belongs to results; the log is commentary.
        builder.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.Format == LogFormat.Json)
            builder.AddJsonConsole(json => json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ");
        else
        {
            builder.AddSimpleConsole(text =>
            {
                text.SingleLine = true;
                text.TimestampFormat = "HH:mm:ss.fff ";
                text.UseUtcTimestamp = true;
            });
        }
    });

    static LogLevel LevelOf(LogThreshold threshold) => threshold switch
    {
        LogThreshold.Debug => LogLevel.Debug,
        LogThreshold.Warning => LogLevel.Warning,
        LogThreshold.Error => LogLevel.Error,
        _ => LogLevel.Information,
    };
}
