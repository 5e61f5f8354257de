namespace Ticklake.Core.Events;

/// <summary>What an exchange says about when and in which order an event happened.</summary>
/// <param name="Seq">The exchange's sequence number, or <see cref="None"/>.</param>
/// <param name="ExchangeTimeUs">Microseconds since the Unix epoch by the exchange's clock, or <see cref="None"/>.</param>
public readonly record struct EventStamp(long Seq, long ExchangeTimeUs)
{
    /// <summary>Stands for "the exchange did not say"; becomes null in a column.</summary>
    public const long None = long.MinValue;

    public static EventStamp Empty => new(None, None);
}
