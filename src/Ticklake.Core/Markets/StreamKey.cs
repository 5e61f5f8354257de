using System.Diagnostics.CodeAnalysis;

namespace Ticklake.Core.Markets;

/// <summary>
/// Names one stream. <see cref="Variant"/> is what else tells two subscriptions apart (a candle's timeframe, a book's
/// precision, frequency or length); it is empty for the channel's default form and otherwise fit for a file name.
/// </summary>
public sealed record StreamKey(MarketId Market, Channel Channel, string Symbol, string Variant = "")
{
    /// <summary><c>books</c>, <c>books_P1</c>, <c>candles_1m</c>: the channel as paths and people see it.</summary>
    public string ChannelName => Variant.Length == 0 ? Channel.Name() : $"{Channel.Name()}_{Variant}";

    /// <summary>Reads a <see cref="ChannelName"/> back; no channel's name is another's with a variant.</summary>
    public static bool TryOf(MarketId market, string channelName, string symbol, [NotNullWhen(true)] out StreamKey? key)
    {
        key = null;
        var name = ChannelNames.All
            .Where(n => channelName == n || channelName.StartsWith(n + "_", StringComparison.Ordinal))
            .MaxBy(n => n.Length);
        if (!ChannelNames.TryParse(name, out var channel))
            return false;
        key = new StreamKey(market, channel, symbol, channelName.Length == name!.Length ? "" : channelName[(name.Length + 1)..]);
        return true;
    }

    public override string ToString() => $"{Market}/{ChannelName}/{Symbol}";
}
