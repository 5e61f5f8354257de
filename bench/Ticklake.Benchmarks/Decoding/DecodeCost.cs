using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Benchmarks.Decoding;

/// <summary>
/// What decoding a frame of data costs, beside a bare <see cref="Utf8JsonReader"/> that walks the tokens of the same frame.
/// Rounds of both alternate and the median of their ratios is reported, because the machine is shared.
/// </summary>
static class DecodeCost
{
    // By bytes, not by frames: some are 25 bytes long and some 5 MB.
    const long BytesPerRound = 16_000_000;
    const int Rounds = 21;
    const int WarmUps = 3;

    // By the name that paths of a lake give a market.
    static readonly (string Market, string Path)[] Files =
    [
        ("binance", "binance_spot/hftbacktest_spot_btcusdt_20240808.gz"),
        ("binance", "binance_spot/hftbacktest_spot_btcusdt_20240809.gz"),
        ("binance", "binance_spot/cryptofeed_binance_spot_20211012.jsonl.gz"),
        ("binance-usdm", "binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz"),
        ("binance-usdm", "binance_usdm/cryptofeed_binance_usdm_20210722.jsonl.gz"),
        ("bitfinex", "bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz"),
        ("bitfinex", "bitfinex/cryptofeed_seq65536_20210417.jsonl"),
        ("bybit-linear", "bybit/v5_linear_20260809.jsonl.gz"),
        ("coinbase", "coinbase/advanced_trade_first500_20260809.jsonl.gz"),
        ("coinbase", "coinbase/exchange_ws_5products_20210417.log.gz"),
        ("gateio", "gateio/spot_v4_5pairs_20210422.jsonl"),
        ("mexc", "mexc/frames_first71_20251002.jsonl"),
        ("mexc", "mexc/frames_protobuf_2026_a.jsonl"),
        ("okx", "okx/books_checksum_BTC-USDT_20220513.jsonl.gz"),
        ("upbit", "upbit/simple_first225_20210417.jsonl"),
    ];

    internal static void Run(TextWriter output)
    {
        output.WriteLine(
            $"{"market",-13}{"recording",-46}{"frames",9}{"B/frame",10}{"ns/frame",11}{"M/s",7}{"walk ns",11}"
            + $"{"walk/decode",13}{"B alloc",9}");
        foreach (var (market, path) in Files)
        {
            if (RecordedFrames.TryLoad(path) is { } frames)
                Measure(output, market, path, frames);
            else
                output.WriteLine($"(absent: {path})");
        }
    }

    static void Measure(TextWriter output, string pathName, string path, RecordedFrames frames)
    {
        var (exchange, market) = Find(pathName);
        var decoder = exchange.CreateDecoder(market, DecoderOptions.Default);
        var writer = new CountingWriter();
        frames.Keep(frame =>
        {
            var notices = writer.Notices;
            decoder.Decode(frame, writer);
            return writer.Notices == notices;
        });
        var passes = (int)Math.Max(1, BytesPerRound / frames.Bytes);
        var ratios = new double[Rounds];
        var decodes = new double[Rounds];
        var walks = new double[Rounds];
        var allocated = 0L;
        for (var round = -WarmUps; round < Rounds; round++)
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

        var nanoseconds = Median(decodes);
        var perFrame = (double)allocated / passes / frames.Count;
        var (walked, ratio) = frames.IsBinary
            ? ("-", "-")
            : (Median(walks).ToString("F1", CultureInfo.InvariantCulture), Median(ratios).ToString("F2", CultureInfo.InvariantCulture));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pathName,-13}{path[(path.IndexOf('/') + 1)..],-46}{frames.Count,9}{(double)frames.Bytes / frames.Count,10:F1}"
            + $"{nanoseconds,11:F1}{1000 / nanoseconds,7:F2}{walked,11}{ratio,13}{perFrame,9:F3}"));
    }

    static (IExchange Exchange, MarketId Market) Find(string pathName) =>
        ExchangeCatalog.All.SelectMany(e => e.ReadableMarkets, (e, m) => (e, m)).Single(m => m.m.PathName == pathName);

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
