namespace Ticklake.Core.Numbers;

/// <summary>What else is known of a decimal's text.</summary>
[Flags]
enum DecimalMark : byte
{
    Exponent = 1,
    UpperCaseE = 2,
    PlusSign = 4,
    MinusSign = 8,
    NegativeZero = 16,
    Rounded = 32,
    None = 64,
}

/// <summary>
/// Scale and notation in 64 bits. From the low end: scale (16), written fraction digits (16), written exponent (16),
/// marks (8), written exponent digits (8). The written coefficient is the mantissa followed by
/// <see cref="DroppedZeros"/> zeros.
/// </summary>
readonly struct DecimalForm
{
    readonly ulong _bits;

    internal DecimalForm(ulong bits) => _bits = bits;

    internal static DecimalForm None => new((ulong)DecimalMark.None << 48);

    internal int Scale => (short)_bits;

    internal int FractionDigits => (short)(_bits >> 16);

    internal int Exponent => (short)(_bits >> 32);

    internal DecimalMark Marks => (DecimalMark)(byte)(_bits >> 48);

    internal int ExponentDigits => (byte)(_bits >> 56);

    /// <summary>Trailing zeros of the text that the mantissa had no room for.</summary>
    internal int DroppedZeros => FractionDigits - Exponent - Scale;

    /// <summary>
    /// Neither exponent nor anything else that is unusual: the text is the mantissa with a point in it.
    /// </summary>
    internal bool IsOrdinary => _bits >> 32 == 0 && (ushort)_bits == (ushort)(_bits >> 16);

    internal static DecimalForm Plain(int scale, int fractionDigits) =>
        new((ushort)scale | (ulong)(ushort)fractionDigits << 16);

    internal DecimalForm WithExponent(int exponent, DecimalMark marks, int digits) =>
        new(_bits | (ulong)(ushort)exponent << 32 | (ulong)marks << 48 | (ulong)digits << 56);

    internal bool Has(DecimalMark mark) => (_bits & (ulong)mark << 48) != 0;

    internal DecimalForm With(DecimalMark mark) => new(_bits | (ulong)mark << 48);

    internal DecimalForm Without(DecimalMark mark) => new(_bits & ~((ulong)mark << 48));
}
