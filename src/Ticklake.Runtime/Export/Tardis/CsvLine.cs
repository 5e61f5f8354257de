using System.Buffers.Text;
using System.Text;
using Ticklake.Core.Numbers;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>Puts one line together. Values never need quotes: numbers, words, and ids without commas. One thread.</summary>
sealed class CsvLine(string exchange, string symbol)
{
    const int MostNumberBytes = 24;

    readonly byte[] _head = Encoding.UTF8.GetBytes($"{exchange},{symbol}");
    byte[] _bytes = new byte[1024];
    int _length;

    /// <summary>The line so far, ended.</summary>
    public ReadOnlySpan<byte> Ended
    {
        get
        {
            Room(1)[0] = (byte)'\n';
            return _bytes.AsSpan(0, _length + 1);
        }
    }

    /// <summary>Begins with exchange, symbol, timestamp (that of the receipt where the exchange says none) and local timestamp.</summary>
    public CsvLine Begin(long? exchangeUs, long localUs)
    {
        _length = 0;
        _head.CopyTo(Room(_head.Length));
        _length = _head.Length;
        return Add(exchangeUs ?? localUs).Add(localUs);
    }

    public CsvLine Add(long value)
    {
        var room = Room(MostNumberBytes);
        room[0] = (byte)',';
        Utf8Formatter.TryFormat(value, room[1..], out var written);
        _length += written + 1;
        return this;
    }

    public CsvLine Add(ReadOnlySpan<byte> text)
    {
        var room = Room(text.Length + 1);
        room[0] = (byte)',';
        text.CopyTo(room[1..]);
        _length += text.Length + 1;
        return this;
    }

    /// <summary>Plain digits; nothing where there is no value.</summary>
    public CsvLine Add(in ExactDecimal value)
    {
        if (value.IsNone)
            return AddNothing();
        var room = Room(ExactDecimal.MaxTextLength + 1);
        room[0] = (byte)',';
        _length += value.FormatPlain(room[1..]) + 1;
        return this;
    }

    public CsvLine AddNothing() => Add([]);

    Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        return _bytes.AsSpan(_length);
    }
}
