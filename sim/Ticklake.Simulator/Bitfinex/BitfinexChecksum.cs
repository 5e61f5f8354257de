using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>One hashed entry: a price or order id, and the signed amount.</summary>
readonly record struct ChecksumEntry(long Key, int KeyScale, long Amount);

/// <summary>
/// The book checksum of bitfinex.md section 5.2: CRC-32 over the 25 best of each side, alternating, numbers as
/// JavaScript
/// writes them.
/// </summary>
static class BitfinexChecksum
{
    public const int Depth = 25;

    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    public static int Compute(IReadOnlyList<ChecksumEntry> bids, IReadOnlyList<ChecksumEntry> asks)
    {
        var text = new Utf8Text();
        for (var i = 0; i < Depth; i++)
        {
            Append(text, bids, i);
            Append(text, asks, i);
        }

        return (int)Crc(text.Written);
    }

    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    static void Append(Utf8Text text, IReadOnlyList<ChecksumEntry> side, int index)
    {
        if (index >= side.Count)
            return;
        if (text.Length > 0)
            text.Raw(":"u8);
        text.Number(side[index].Key, side[index].KeyScale).Raw(":"u8);
        text.Number(side[index].Amount, Market.SymbolSpec.AmountScale);
    }

    static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
