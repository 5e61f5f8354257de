using System.Buffers.Text;
using System.Text;
using Ticklake.Core.Time;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export.Hftbacktest;

/// <summary>The files of all symbols, one a UTC day of receipt: <c>btcusdt_20261121.gz</c>. One thread.</summary>
sealed class SymbolFiles(ExportFolder folder)
{
    readonly Dictionary<string, (string Day, string Name)> _names = [];
    byte[] _line = new byte[1 << 16];

    public static string NameOf(string symbol, string day) =>
        $"{symbol.ToLowerInvariant()}_{day.Replace("-", "", StringComparison.Ordinal)}.gz";

    /// <summary>Writes <c>{ns} {prefix}{frame}</c>, and the brace that a prefix opened.</summary>
    public void Write(string symbol, TimestampNs time, string prefix, ReadOnlySpan<byte> frame)
    {
        var day = UtcText.Day(time.Microseconds);
        if (!_names.TryGetValue(symbol, out var known) || known.Day != day)
            _names[symbol] = known = (day, NameOf(symbol, day));
        if (_line.Length < frame.Length + prefix.Length + 64)
            _line = new byte[(frame.Length + prefix.Length) * 2];
        Utf8Formatter.TryFormat(time.Value, _line, out var length);
        _line[length++] = (byte)' ';
        length += Encoding.UTF8.GetBytes(prefix, _line.AsSpan(length));
        frame.CopyTo(_line.AsSpan(length));
        length += frame.Length;
        if (prefix.Length > 0)
            _line[length++] = (byte)'}';
        _line[length++] = (byte)'\n';
        folder.Open(known.Name, $"{symbol} of {day}").Write(_line.AsSpan(0, length));
    }

    /// <summary>Nothing of an earlier day than this time comes any more.</summary>
    public void FinishBefore(TimestampNs time)
    {
        var today = UtcText.Day(time.Microseconds).Replace("-", "", StringComparison.Ordinal);
        folder.FinishAll(name => string.CompareOrdinal(name[(name.LastIndexOf('_') + 1)..^3], today) < 0);
    }

    public void FinishAll() => folder.FinishAll(_ => true);
}
