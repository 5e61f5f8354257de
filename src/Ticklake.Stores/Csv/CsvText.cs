using System.Buffers;
using System.Globalization;

namespace Ticklake.Stores.Csv;

/// <summary>CSV being written in memory that grows to what a block takes and stays. One thread.</summary>
sealed class CsvText
{
    const int LongestInteger = 20;
    static readonly SearchValues<byte> Special = SearchValues.Create("\",\r\n"u8);

    byte[] _bytes = new byte[1 << 12];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(byte character)
    {
        Reserve(1)[0] = character;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    public void Append(long number)
    {
        number.TryFormat(Reserve(LongestInteger), out var length, default, CultureInfo.InvariantCulture);
        Length += length;
    }

    /// <summary>A text as a field: quoted where it must be, and where it is empty, since null is nothing at all.</summary>
    public void AppendField(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && !text.ContainsAny(Special))
        {
            Append(text);
            return;
        }

        Append((byte)'"');
        for (var at = text.IndexOf((byte)'"'); at >= 0; at = text.IndexOf((byte)'"'))
        {
            Append(text[..(at + 1)]);
            Append((byte)'"');
            text = text[(at + 1)..];
        }

        Append(text);
        Append((byte)'"');
    }

    Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
            Array.Resize(ref _bytes, Math.Max(checked(Length + size), (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        return _bytes.AsSpan(Length);
    }
}
