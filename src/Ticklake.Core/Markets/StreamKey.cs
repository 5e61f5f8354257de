namespace Ticklake.Core.Markets;

/// <summary>
/// Names one stream. <see cref="Variant"/> is what else tells two subscriptions apart (a candle's timeframe, a book's
/// precision, frequency or length); it is empty for the channel's default form and otherwise fit for a file name.
/// </summary>
public sealed record StreamKey(MarketId Market, Channel Channel, string Symbol, string Variant = "")
{
    /// <summary><c>books</c>, <c>books_P1</c>, <c>candles_1m</c>: the channel as paths and people see it.</summary>
    public string ChannelName => Variant.Length == 0 ? Channel.Name() : $"{Channel.Name()}_{Variant}";

    public override string ToString() => $"{Market}/{ChannelName}/{Symbol}";
}
