using System.Globalization;
using System.Numerics;
using System.Text;

namespace Ticklake.Stores.Segments;

/// <summary>How the names of one kind are usually written.</summary>
public enum PathCase : byte
{
    /// <summary><c>BTCUSDT</c>, <c>KRW-BTC</c>.</summary>
    Upper,

    /// <summary><c>tBTCUSD</c>, <c>fUSD</c>: the first letter alone is lower case.</summary>
    LowerFirst,

    /// <summary><c>1m</c>, <c>agg</c>, <c>100ms</c>, but <c>P1</c>, <c>F1</c>, <c>R0</c>.</summary>
    Variant,
}

/// <summary>
/// Turns an exchange's name for something into one path component and back. Two names never give components that a
/// case-insensitive disk takes for one, and no component can leave its folder. <c>docs/format/segment.md</c> has the
/// rule.
/// </summary>
public static class PathName
{
    // Names that Windows gives to devices, alone or before a dot.
    static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    ];

    /// <summary>
    /// The component for a name. Letters in their usual case stay as they are; the others do too, but then a mark at
    /// the end tells which they are.
    /// </summary>
    public static string Escape(string name, PathCase usual)
    {
        if (name.Length == 0)
            return "%";
        var text = new StringBuilder(name.Length + 8);
        var bytes = Encoding.UTF8.GetBytes(name);
        var isDevice = Devices.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEnd = i == 0 || i == bytes.Length - 1;
            if (IsPlain(bytes[i], isEnd) && !(isDevice && i == 0))
                text.Append((char)bytes[i]);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{bytes[i]:X2}");
        }

        return text.Append(CaseMark(name, usual)).ToString();
    }

    /// <summary>The name a component was made from.</summary>
    public static string Unescape(string component)
    {
        if (component == "%")
            return "";
        var mark = component.IndexOf('~', StringComparison.Ordinal);
        return Uri.UnescapeDataString(mark < 0 ? component : component[..mark]);
    }

    static bool IsPlain(byte c, bool isEnd) =>
        char.IsAsciiLetterOrDigit((char)c) || c is (byte)'-' or (byte)'_' or (byte)'+' || (c == '.' && !isEnd);

    /// <summary>
    /// <c>~</c> and, in hexadecimal, the positions of the letters not in their usual case; or nothing.
    /// </summary>
    static string CaseMark(string name, PathCase usual)
    {
        var bits = BigInteger.Zero;
        var position = 0;
        foreach (var letter in name.Where(char.IsAsciiLetter))
        {
            if (char.IsAsciiLetterLower(letter) != IsUsuallyLower(letter, position, usual))
                bits |= BigInteger.One << position;
            position++;
        }

        return bits.IsZero ? "" : "~" + bits.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
    }

    static bool IsUsuallyLower(char letter, int position, PathCase usual) => usual switch
    {
        PathCase.LowerFirst => position == 0,
        PathCase.Variant => char.ToUpperInvariant(letter) is not ('P' or 'F' or 'R'),
        _ => false,
    };
}
