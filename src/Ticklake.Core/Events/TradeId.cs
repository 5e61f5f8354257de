using System.Globalization;

namespace Ticklake.Core.Events;

/// <summary>A trade's identity without a string: a 64-bit number or a UUID. The default value means "none given".</summary>
public readonly record struct TradeId
{
    readonly UInt128 _value;
    readonly byte _kind;

    TradeId(UInt128 value, byte kind)
    {
        _value = value;
        _kind = kind;
    }

    public bool IsNone => _kind == 0;

    public bool IsNumber => _kind == 1;

    /// <summary>The number; only where <see cref="IsNumber"/>.</summary>
    public long Number => (long)(ulong)_value;

    public static TradeId Of(long number) => new((ulong)number, 1);

    public static TradeId Of(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes), 2);
    }

    /// <summary>The longest text: a UUID's 36 characters.</summary>
    public const int MaxTextLength = 36;

    /// <summary>Writes the text form (at most <see cref="MaxTextLength"/> bytes); returns its length, 0 for none.</summary>
    public int Format(Span<byte> destination)
    {
        var written = 0;
        if (IsNumber)
            Number.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
        else if (_kind == 2)
        {
            Span<byte> bytes = stackalloc byte[16];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
            new Guid(bytes, bigEndian: true).TryFormat(destination, out written);
        }

        return written;
    }

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return System.Text.Encoding.ASCII.GetString(text[..Format(text)]);
    }
}
