using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>tickers</c>: an object of some thirty named texts, of which a linear delta has those that changed. Spot has
/// neither bid nor ask. On its session's thread.
/// </summary>
sealed class BybitTickerFrames
{
    readonly ExactDecimal[] _values = new ExactDecimal[BybitTickerFields.Count];

    /// <summary>What the message holds, by field number.</summary>
    public ReadOnlySpan<ExactDecimal> Values => _values;

    /// <summary>Which fields it holds.</summary>
    public uint Seen { get; private set; }

    public bool TryTake(ref JsonCursor cursor, BybitStream stream)
    {
        var hasSymbol = false;
        Seen = 0;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var name))
                return false;
            var field = BybitTickerFields.Of(name);
            if (field >= 0)
            {
                if (!BybitValues.TryTakeOptional(ref cursor, out _values[field]))
                    return false;
                Seen |= 1u << field;
            }
            else if (name.SequenceEqual("symbol"u8))
            {
                if (!BybitValues.TryTakeText(ref cursor, stream.Symbol))
                    return false;
                hasSymbol = true;
            }
            else if (!cursor.Skip())
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && hasSymbol;
    }
}
