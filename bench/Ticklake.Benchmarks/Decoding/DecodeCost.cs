using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ticklake.Exchanges;

namespace Ticklake.Benchmarks.Decoding;

/// <summary>
/// What decoding a frame costs, beside a bare <see cref="Utf8JsonReader"/> that walks the tokens of the same frame.
/// Rounds
/// of both alternate and the median of their ratios is reported, because the machine is shared.
/// </summary>
static class DecodeCost
{
    const int FramesPerRound = 200_000;
    const int Rounds = 21;

    static readonly (string Exchange, string Path)[] Files =
    [
        ("bitfinex", "bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz"),
        ("bitfinex", "bitfinex/cryptofeed_seq65536_20210417.jsonl"),
        ("binance", "binance_spot/hftbacktest_spot_btcusdt_20240808.gz"),
        ("binance", "binance_spot/hftbacktest_spot_btcusdt_20240809.gz"),
        ("binance", "binance_spot/cryptofeed_binance_spot_20211012.jsonl.gz"),
        ("gateio", "gateio/spot_v4_5pairs_20210422.jsonl"),
        ("upbit", "upbit/simple_first225_20210417.jsonl"),
        ("mexc", "mexc/frames_first71_20251002.jsonl"),
        ("mexc", "mexc/frames_protobuf_2026_a.jsonl"),
        ("coinbase", "coinbase/advanced_trade_first500_20260809.jsonl.gz"),
        ("coinbase", "coinbase/exchange_ws_5products_20210417.log.gz"),
        ("okx", "okx/books_checksum_BTC-USDT_20220513.jsonl.gz"),
        ("bybit", "bybit/v5_linear_20260809.jsonl.gz"),
    ];

    internal static void Run(TextWriter output)
    {
        output.WriteLine(
            $"{"decode",-48} {"frames",8} {"B/frame",8} {"ns/frame",9} {"walk ns",8} {"walk/decode",12} {"B alloc",8}");
        foreach (var (exchange, path) in Files)
        {
            if (RecordedFrames.TryLoad(path) is { } frames)
                Measure(output, exchange, path, frames);
            else
                output.WriteLine($"(absent: {path})");
        }
    }

    static void Measure(TextWriter output, string exchange, string path, RecordedFrames frames)
    {
        var market = ExchangeCatalog.Find(exchange)!;
        var decoder = market.CreateDecoder(market.Markets[0], DecoderOptions.Default);
        var writer = new CountingWriter();
        var passes = Math.Max(1, FramesPerRound / frames.Count);
        var ratios = new double[Rounds];
        var decodes = new double[Rounds];
        var walks = new double[Rounds];
        var allocated = 0L;
        for (var round = -3; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var decode = Time(() => Decode(decoder, writer, frames), passes);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var walk = frames.IsBinary ? double.NaN : Time(() => Walk(frames), passes);
            if (round < 0)
                continue;
            ratios[round] = walk / decode;
            decodes[round] = decode / frames.Count;
            walks[round] = walk / frames.Count;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path[(path.IndexOf('/') + 1)..],-48} {frames.Count,8} {(double)frames.Bytes / frames.Count,8:F1} "
            + $"{Median(decodes),9:F1} {Median(walks),8:F1} {Median(ratios),12:F2} "
            + $"{(double)allocated / passes / frames.Count,8:F3}"));
    }

    /// <summary>Nanoseconds of one pass.</summary>
    static double Time(Action pass, int passes)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < passes; i++)
            pass();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / passes;
    }

    static void Decode(IFrameDecoder decoder, CountingWriter writer, RecordedFrames frames)
    {
        for (var i = 0; i < frames.Count; i++)
            decoder.Decode(frames[i], writer);
    }

    static void Walk(RecordedFrames frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            var reader = new Utf8JsonReader(frames[i]);
            while (reader.Read())
            {
            }
        }
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
