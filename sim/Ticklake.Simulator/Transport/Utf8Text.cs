using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ticklake.Simulator.Transport;

/// <summary>Builds one JSON message as UTF-8, with numbers written the way each exchange writes them.</summary>
sealed class Utf8Text
{
    byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public Utf8Text Clear()
    {
        Length = 0;
        return this;
    }

    public Utf8Text Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    /// <summary>Text that needs no escaping.</summary>
    public Utf8Text Raw(string text)
    {
        Length += Encoding.UTF8.GetBytes(text, Reserve(text.Length * 3));
        return this;
    }

    /// <summary>A quoted and escaped JSON string.</summary>
    public Utf8Text Quoted(string text)
    {
        Raw("\""u8);
        Raw(JsonEncodedText.Encode(text, JsonText.Plain).EncodedUtf8Bytes);
        return Raw("\""u8);
    }

    public Utf8Text Integer(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        Length += written;
        return this;
    }

    /// <summary>
    /// mantissa × 10^-scale as JavaScript's <c>String(number)</c> writes it (bitfinex.md section 5.2).
    /// </summary>
    public Utf8Text Number(long mantissa, int scale)
    {
        Length += JavaScriptNumber.Write(mantissa, scale, Reserve(JavaScriptNumber.MaxLength));
        return this;
    }

    /// <summary>A binary float as JavaScript writes it, noise digits included.</summary>
    public Utf8Text Number(double value)
    {
        var (mantissa, scale) = JavaScriptNumber.Split(value);
        return Number(mantissa, scale);
    }

    /// <summary>
    /// mantissa × 10^-scale with exactly <paramref name="decimals"/> digits after the point, as Binance does.
    /// </summary>
    public Utf8Text Decimals(long mantissa, int scale, int decimals)
    {
        for (; scale < decimals; scale++)
            mantissa = checked(mantissa * 10);
        for (; scale > decimals; scale--)
            mantissa /= 10;
        var sign = mantissa < 0 ? "-"u8 : default;
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(Math.Abs(mantissa), digits, out var count, new('D', (byte)(decimals + 1)));
        Raw(sign).Raw(digits[..(count - decimals)]);
        return decimals == 0 ? this : Raw("."u8).Raw(digits[(count - decimals)..count]);
    }

    /// <summary>A decimal with a fixed number of digits after the point.</summary>
    public Utf8Text Decimals(decimal value, int decimals) =>
        Raw(decimal.Round(value, decimals).ToString("F" + decimals, CultureInfo.InvariantCulture));

    Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        return _bytes.AsSpan(Length);
    }
}
