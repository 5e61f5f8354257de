using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ticklake.Core.Events;

/// <summary>
/// A trade's identity without a string: a 64-bit number, a UUID or a short text. The default value means "none given".
/// </summary>
public readonly record struct TradeId
{
    const byte Numeric = 1;
    const byte Uuid = 2;

    // A text's kind is this plus its length.
    const byte Text = 3;

    readonly UInt128 _first;
    readonly UInt128 _second;
    readonly UInt128 _third;
    readonly byte _kind;

    TradeId(UInt128 first, byte kind, UInt128 second = default, UInt128 third = default)
    {
        _first = first;
        _second = second;
        _third = third;
        _kind = kind;
    }

    /// <summary>The longest text form in bytes (MEXC's are 41 characters).</summary>
    public const int MaxTextLength = 48;

    public bool IsNone => _kind == 0;

    public bool IsNumber => _kind == Numeric;

    /// <summary>The number; only where <see cref="IsNumber"/>.</summary>
    public long Number => (long)(ulong)_first;

    public static TradeId Of(long number) => new((ulong)number, Numeric);

    public static TradeId Of(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes), Uuid);
    }

    /// <summary>
    /// The id that a text stands for, whatever its kind; false where it is longer than <see cref="MaxTextLength"/>. The same
    /// text always gives the same id, and an id's text gives the id.
    /// </summary>
    public static bool TryOf(ReadOnlySpan<byte> text, out TradeId id)
    {
        id = default;
        if (text.Length > MaxTextLength)
            return false;
        if (text.IsEmpty)
            return true;
        // Only what is written back the same may be kept as a number or a UUID: 007 is not 7.
        if (text.Length <= 19 && (text[0] != '0' || text.Length == 1) && text[0] != '-'
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            id = Of(number);
        else if (text.Length == 36 && text[8] == '-' && !text.ContainsAnyInRange((byte)'A', (byte)'Z')
            && Guid.TryParse(text, out var uuid))
            id = Of(uuid);
        else
            id = OfText(text);
        return true;
    }

    /// <summary>Writes the text form (at most <see cref="MaxTextLength"/> bytes); returns its length, 0 for none.</summary>
    public int Format(Span<byte> destination)
    {
        var written = 0;
        Span<byte> bytes = stackalloc byte[MaxTextLength];
        if (IsNumber)
            Number.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
        else if (_kind == Uuid)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
            new Guid(bytes[..16], bigEndian: true).TryFormat(destination, out written);
        }
        else if (_kind >= Text)
        {
            WriteText(bytes);
            written = _kind - Text;
            bytes[..written].CopyTo(destination);
        }

        return written;
    }

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return Encoding.UTF8.GetString(text[..Format(text)]);
    }

    static TradeId OfText(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[MaxTextLength];
        bytes.Clear();
        text.CopyTo(bytes);
        return new(
            BinaryPrimitives.ReadUInt128BigEndian(bytes),
            (byte)(Text + text.Length),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[32..]));
    }

    void WriteText(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], _second);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[32..], _third);
    }
}
