using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// How Bitfinex's streams are checked: one counter per connection goes up by one for every array frame, and <c>cs</c>
/// frames (<see cref="BitfinexChecksum"/>) prove books. The server keeps <c>len</c> levels or orders a side; one that
/// leaves
/// this window is deleted, so a book by price never deletes what it did not have (verified on two recordings).
/// </summary>
static class BitfinexBookRule
{
    public static StreamRules For(StreamKey key)
    {
        if (key.Channel is not (Channel.Books or Channel.RawBooks))
            return new StreamRules(SequenceRule.PerConnectionCounter);
        var form = BitfinexVariant.Of(key);
        // For one level it is undocumented what the server hashes.
        var isChecked = form.Length > 1;
        return new StreamRules(
            SequenceRule.PerConnectionCounter,
            Checksum: isChecked && !form.IsRaw ? BitfinexChecksum.Of : null,
            RawChecksum: isChecked && form.IsRaw ? BitfinexChecksum.Of : null,
            MaxLevels: form.Length,
            DeletesNameKnownLevels: !form.IsRaw);
    }
}
