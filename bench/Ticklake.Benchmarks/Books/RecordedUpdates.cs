using System.IO.Compression;
using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Benchmarks.Books;

/// <summary>
/// The book levels of the recordings beside the repository, in their order. Reads just enough of each protocol to find
/// them: this is no decoder.
/// </summary>
static class RecordedUpdates
{
    internal static IReadOnlyList<(string Name, string Path)> Files { get; } =
    [
        ("bitfinex tBTCUSD len 100", "bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz"),
        ("binance spot BTCUSDT 100ms", "binance_spot/hftbacktest_spot_btcusdt_20240808.gz"),
        ("binance spot BTCUSDT 100ms, second file", "binance_spot/hftbacktest_spot_btcusdt_20240809.gz"),
        ("binance usdm BTCUSDT 0ms", "binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz"),
    ];

    /// <summary>The levels, or null where the recording is absent.</summary>
    internal static BookLevel[]? TryLoad(string path)
    {
        if (FindRecordings() is not { } folder || !File.Exists(Path.Combine(folder, path)))
            return null;
        using var unpacked = new GZipStream(File.OpenRead(Path.Combine(folder, path)), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        var levels = new List<BookLevel>();
        if (path.StartsWith("bitfinex", StringComparison.Ordinal))
            ReadBitfinex(reader.ReadToEnd(), levels);
        else
        {
            while (reader.ReadLine() is { } line)
                ReadBinance(line, levels);
        }

        return levels.ToArray();
    }

    static string? FindRecordings()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
                return Path.Combine(at.FullName, "..", "shared", "fixtures");
        }

        return null;
    }

    /// <summary>
    /// Book entries have three elements, <c>[price,count,±amount]</c>; trades and headers have others.
    /// </summary>
    static void ReadBitfinex(string text, List<BookLevel> levels)
    {
        foreach (var message in text.Split(";;"))
        {
            var start = message.IndexOf(',', StringComparison.Ordinal) + 1;
            if (!message.StartsWith('[') || start == 0 || message[start] != '[')
                continue;
            foreach (var entry in message[start..].Split('[', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = entry.TrimEnd(',', ']').Split(',');
                if (parts.Length != 3)
                    continue;
                var amount = Number(parts[2]);
                var side = amount.IsNegative ? BookSide.Ask : BookSide.Bid;
                var isDelete = parts[1] == "0";
                levels.Add(new(side, Number(parts[0]), isDelete ? default : amount.Abs(), isDelete ? 0 : 1));
            }
        }
    }

    static void ReadBinance(string line, List<BookLevel> levels)
    {
        if (line.Contains("depthUpdate", StringComparison.Ordinal))
        {
            ReadBinanceSide(line, "\"b\":[", BookSide.Bid, levels);
            ReadBinanceSide(line, "\"a\":[", BookSide.Ask, levels);
        }
        else if (line.Contains("\"bids\"", StringComparison.Ordinal))
        {
            ReadBinanceSide(line, "\"bids\":[", BookSide.Bid, levels);
            ReadBinanceSide(line, "\"asks\":[", BookSide.Ask, levels);
        }
    }

    static void ReadBinanceSide(string line, string key, BookSide side, List<BookLevel> levels)
    {
        var at = line.IndexOf(key, StringComparison.Ordinal) + key.Length;
        var end = line.IndexOf("]]", at, StringComparison.Ordinal);
        if (line[at] == ']' || end < 0)
            return;
        foreach (var pair in line[(at + 1)..end].Split("],["))
        {
            var parts = pair.Split(',');
            levels.Add(new(side, Number(parts[0].Trim('"')), Number(parts[1].Trim('"'))));
        }
    }

    static ExactDecimal Number(string text) => ExactDecimal.TryParse(Encoding.ASCII.GetBytes(text), out var value)
        ? value
        : throw new FormatException($"'{text}' is no number.");
}
