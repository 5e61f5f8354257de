namespace Ticklake.Exchanges.Json;

/// <summary>The parts of JSON's grammar that <see cref="JsonCursor"/> needs off its fast ways.</summary>
static class JsonGrammar
{
    /// <summary>Every integer of this many digits fits 64 bits.</summary>
    public const int SafeDigits = 18;

    /// <summary>Bytes of the number that the text begins with, or 0 if it begins with none.</summary>
    public static int NumberLength(ReadOnlySpan<byte> text)
    {
        var at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var start = at;
        if (!SkipDigits(text, ref at) || (text[start] == '0' && at - start > 1))
            return 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!SkipDigits(text, ref at))
                return 0;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e')
        {
            at++;
            if (at < text.Length && text[at] is (byte)'+' or (byte)'-')
                at++;
            if (!SkipDigits(text, ref at))
                return 0;
        }

        return at;
    }

    /// <summary>An integer of more than <see cref="SafeDigits"/> digits, if it fits 64 bits.</summary>
    public static bool TryReadLong(ReadOnlySpan<byte> digits, bool isNegative, out long value)
    {
        value = 0;
        if (digits.Length > SafeDigits + 1 || digits[0] == '0')
            return false;
        ulong magnitude = 0;
        foreach (var digit in digits)
            magnitude = (magnitude * 10) + (uint)(digit - '0');
        if (magnitude > long.MaxValue)
            return false;
        value = isNegative ? -(long)magnitude : (long)magnitude;
        return true;
    }

    /// <summary>Bytes of the escape that the text begins with, or 0 if it is none of JSON's.</summary>
    public static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
            return 0;
        if (text[1] != 'u')
            return "\"\\/bfnrt"u8.Contains(text[1]) ? 2 : 0;
        if (text.Length < 6)
            return 0;
        foreach (var digit in text[2..6])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return 0;
        }

        return 6;
    }

    static bool SkipDigits(ReadOnlySpan<byte> text, ref int at)
    {
        var start = at;
        while ((uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9)
            at++;
        return at > start;
    }
}
