using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>The streams of a connection by channel and instrument.</summary>
sealed class OkxStreams(MarketId market) : NamedStreams<OkxStream>
{
    const int LongestName = 256;

    static ReadOnlySpan<byte> Between => "\",\"instId\":\""u8;

    /// <summary>The stream of an <c>arg</c>, open or new; null if none that is recorded.</summary>
    public OkxStream? Find(ReadOnlySpan<byte> arg)
    {
        if (!OkxEnvelope.TryReadArg(arg, out var channel, out var symbol) || symbol.IsEmpty
            || channel.Length + Between.Length + symbol.Length is var length && length > LongestName)
            return null;
        Span<byte> name = stackalloc byte[LongestName];
        channel.CopyTo(name);
        Between.CopyTo(name[channel.Length..]);
        symbol.CopyTo(name[(channel.Length + Between.Length)..]);
        name = name[..length];
        return FindOpen(name) ?? Describe(name, channel, symbol);
    }

    OkxStream? Describe(ReadOnlySpan<byte> name, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> symbol) =>
        OkxChannels.TryFind(channel, out var kind, out var of, out var variant)
            ? new OkxStream(name.ToArray(), kind, new StreamKey(market, of, JsonText.Decode(symbol), variant))
            : null;
}
