namespace Ticklake.Runtime.Configuration;

/// <summary>The form of log lines.</summary>
public enum LogFormat : byte
{
    Text,
    Json,
}

/// <summary>The least severity that is logged.</summary>
public enum LogThreshold : byte
{
    Debug,
    Info,
    Warning,
    Error,
}

/// <summary>What is logged and how (<c>log:</c>).</summary>
public sealed record LogOptions
{
    public LogFormat Format { get; init; } = LogFormat.Text;

    public LogThreshold Level { get; init; } = LogThreshold.Info;
}
