using System.Buffers;
using System.Text;
using Shouldly;
using Ticklake.Core.Numbers;
using Ticklake.Tests.Fixtures;
using Xunit;

namespace Ticklake.Tests.Core.Numbers;

public sealed class RecordedNumbersTests
{
    static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-.0123456789eE"u8);

    public static TheoryData<string> Exchanges =>
        ["binance_coinm", "binance_spot", "binance_usdm", "bitfinex", "bybit", "coinbase", "gateio", "okx", "upbit"];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Every_number_of_a_recording_is_written_again_as_it_came(string exchange)
    {
        var tokens = 0;
        var folder = Path.Combine(Recordings.Root, exchange);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            tokens += CheckNumbers(Recordings.Read(path), path);
        tokens.ShouldBeGreaterThan(100);
    }

    /// <summary>
    /// A number token begins after a character that can stand before a JSON value or inside its string.
    /// </summary>
    static int CheckNumbers(ReadOnlySpan<byte> text, string path)
    {
        Span<byte> written = stackalloc byte[ExactDecimal.MaxTextLength];
        var tokens = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (!StartsNumber(text, i))
                continue;
            var length = TokenLength(text[i..]);
            var token = text.Slice(i, length);
            if ((i + length < text.Length && IsWordByte(text[i + length])) || IsDateOrVersion(token))
                continue;
            if (!ExactDecimal.TryParse(token, out var value)
                || !ExactDecimal.TryParsePrefix(text[i..], out var prefix, out var consumed)
                || consumed != length || prefix != value || prefix.Scale != value.Scale
                || (!value.IsRounded && !token.SequenceEqual(written[..value.FormatOriginal(written)])))
                throw new InvalidOperationException($"{path} at {i}: {Encoding.UTF8.GetString(token)}");
            tokens++;
            i += length - 1;
        }

        return tokens;
    }

    static bool StartsNumber(ReadOnlySpan<byte> text, int index) =>
        text[index - 1] is (byte)'[' or (byte)',' or (byte)':' or (byte)'"' && "-0123456789"u8.Contains(text[index])
        && (text[index] != '-' || (index + 1 < text.Length && "0123456789"u8.Contains(text[index + 1])))
        && (text[index] != '0' || index + 1 == text.Length || !"0123456789"u8.Contains(text[index + 1]));

    static int TokenLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(NumberBytes);
        return end < 0 ? text.Length : end;
    }

    static bool IsDateOrVersion(ReadOnlySpan<byte> token) =>
        token.Count((byte)'.') > 1 || (token[1..].Contains((byte)'-') && !token.ContainsAny("eE"u8));

    static bool IsWordByte(byte value) => value is not ((byte)'"' or (byte)',' or (byte)']' or (byte)'}' or (byte)' ');
}
