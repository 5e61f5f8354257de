using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// How Bitfinex's streams are checked. Sequence: "one counter per connection, +1 for every array message". Checksum
/// (docs.bitfinex.com/docs/ws-websocket-checksum): CRC-32 over <c>key:amount</c> of the 25 best bids and asks in turn, the
/// key being the price, for R0 the order id, ask amounts negative, numbers as JavaScript writes them.
/// </summary>
static class BitfinexBookRule
{
    public static StreamRules For(StreamKey key)
    {
        if (key.Channel is not (Channel.Books or Channel.RawBooks))
            return new StreamRules(SequenceRule.PerConnectionCounter);
        var form = BitfinexVariant.Of(key);
        return new StreamRules(
            SequenceRule.PerConnectionCounter,
            MaxLevels: form.Length,
            DeletesNameKnownLevels: !form.IsRaw);
    }
}
