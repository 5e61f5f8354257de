using Microsoft.Extensions.Logging;

namespace Ticklake.Hosting;

/// <summary>What the process says about itself.</summary>
static partial class HostMessages
{
    [LoggerMessage(1, LogLevel.Information, "{Banner}")]
    public static partial void Banner(ILogger log, string banner);

    [LoggerMessage(2, LogLevel.Information, "Stopped; every segment is sealed.")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(3, LogLevel.Error, "Not everything could be sealed within {Limit}. Nothing is lost: the next start makes the rest from the journal.")]
    public static partial void StopTimeout(ILogger log, TimeSpan limit);
}
