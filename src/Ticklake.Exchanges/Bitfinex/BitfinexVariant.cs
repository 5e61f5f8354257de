using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Precision, frequency and length of a book, and the variant text that names what differs from the recorder's defaults
/// (P0 or R0, F0, 250): <c>""</c>, <c>P1</c>, <c>F1</c>, <c>len25</c>, <c>P1_len100</c>.
/// </summary>
readonly record struct BitfinexVariant(string Precision, string Frequency, int Length)
{
    public const string RawPrecision = "R0";
    public const string DefaultPrecision = "P0";
    public const string DefaultFrequency = "F0";
    public const int DefaultLength = 250;

    /// <summary>
    /// The server's own default where neither request nor acknowledgement names a length (ws-public-books).
    /// </summary>
    public const int ServerLength = 25;

    const string LengthPrefix = "len";

    public static readonly string[] Precisions = ["P0", "P1", "P2", "P3", "P4"];
    public static readonly string[] Frequencies = ["F0", "F1"];

    public bool IsKnown => (IsRaw || Precisions.Contains(Precision)) && Frequencies.Contains(Frequency);

    public bool IsRaw => Precision == RawPrecision;

    public static BitfinexVariant Of(StreamKey key)
    {
        var variant = new BitfinexVariant(
            key.Channel == Channel.RawBooks ? RawPrecision : DefaultPrecision, DefaultFrequency, DefaultLength);
        foreach (var part in key.Variant.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith(LengthPrefix, StringComparison.Ordinal))
            {
                var length = int.Parse(part.AsSpan(LengthPrefix.Length), CultureInfo.InvariantCulture);
                variant = variant with { Length = length };
            }
            else if (part[0] == 'F')
                variant = variant with { Frequency = part };
            else
                variant = variant with { Precision = part };
        }

        return variant;
    }

    public override string ToString()
    {
        var parts = new List<string>(3);
        if (Precision is not (DefaultPrecision or RawPrecision))
            parts.Add(Precision);
        // Orders have no update rhythm: the exchange answers F0 or nothing.
        if (Frequency != DefaultFrequency && !IsRaw)
            parts.Add(Frequency);
        if (Length != DefaultLength)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{LengthPrefix}{Length}"));
        return string.Join('_', parts);
    }
}
