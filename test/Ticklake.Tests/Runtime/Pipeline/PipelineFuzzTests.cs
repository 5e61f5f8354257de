using System.Text;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Tests.Contracts;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Bad frames between good ones: the good ones' rows and books are as without them.</summary>
public sealed class PipelineFuzzTests
{
    const int Seed = 42;
    const int BadFrames = 500_000;
    const int HugeBytes = 16 * 1024 * 1024;

    [Fact]
    public void Binance_frames_stand_among_bad_ones() => Run(
        "binance", [.. RecordedFrames.HftBacktest("binance_spot/hftbacktest_spot_btcusdt_20240808.gz").Take(5000)]);

    [Fact]
    public void Bitfinex_frames_stand_among_bad_ones() => Run(
        "bitfinex", [.. RecordedFrames.Joined("bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz").Take(5000)]);

    static void Run(string exchange, byte[][] good)
    {
        var (alone, among) = (new PipelineRig(exchange), new PipelineRig(exchange));
        var judge = ExchangeCatalog.Find(exchange)!.CreateDecoder(alone.Market, DecoderOptions.Default);
        var random = new Random(Seed);
        var bad = 0;
        var perGood = BadFrames / good.Length;
        for (var i = 0; i < good.Length; i++)
        {
            Give(alone, good[i]);
            Give(among, good[i]);
            judge.Decode(good[i], DeafWriter.Instance);
            for (var n = 0; n < perGood; n++)
            {
                var frame = i % 1500 == 700 && n == 0 ? Huge(random.Next(4)) : Bad(good, random);
                if (judge.Decode(frame, DeafWriter.Instance) != FrameVerdict.Malformed)
                    continue;
                bad++;
                among.Time--;
                among.Receive(frame);
                if (among.Findings.Count > 10_000)
                    among.Findings.Clear();
            }

            if (i % 16 == 0)
                Forget(among);
        }

        bad.ShouldBeGreaterThan(BadFrames / 2);
        among.Pipeline.Counters.Quarantined.ShouldBe(bad);
        among.Pipeline.Counters.Rows.ShouldBeGreaterThan(0);
        alone.End();
        among.End();
        Books(among).ShouldBe(Books(alone), $"seed {Seed}");
        DataRows(among).ShouldBe(DataRows(alone), $"seed {Seed}");
    }

    static void Give(PipelineRig rig, byte[] frame)
    {
        if (frame.AsSpan().StartsWith("{\"lastUpdateId\""u8))
            rig.Answer("/api/v3/depth?symbol=BTCUSDT&limit=1000", Encoding.UTF8.GetString(frame));
        else
            rig.Receive(frame);
    }

    // Rows of bad frames are controls only; they are not kept, as no recorder would.
    static void Forget(PipelineRig rig) =>
        rig.Batches.RemoveAll(x => x.Header.Stream.Channel == Channel.Controls);

    static byte[] Bad(byte[][] good, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return good[random.Next(good.Length)] is var frame ? frame[..random.Next(frame.Length)] : [];
            case 2:
                return Encoding.ASCII.GetBytes(new string(random.Next(2) == 0 ? '[' : '{', random.Next(1, 500)));
            default:
                return FrameMutation.Of(good[random.Next(good.Length)], good[random.Next(good.Length)], random);
        }
    }

    static byte[] Huge(int kind)
    {
        var bytes = new byte[HugeBytes];
        bytes.AsSpan().Fill(kind switch { 0 => (byte)'[', 1 => (byte)'9', 2 => (byte)' ', _ => (byte)'x' });
        bytes[0] = (byte)(kind == 3 ? '"' : '[');
        return bytes;
    }

    static string Books(PipelineRig rig) => string.Join('\n', rig.States.All.Where(x => (x.Book ?? (object?)x.Chained) is not null)
        .Select(x => $"{x.Key} {x.BookStatus} {Dump(x.Book?.Book ?? x.Chained!.Book)}").Order());

    static string Dump(PriceBook book)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        book.WriteCanonical(text);
        return Encoding.ASCII.GetString(text.WrittenSpan);
    }

    static string DataRows(PipelineRig rig) => string.Join('\n', rig.Batches
        .Where(x => x.Header.Stream.Channel != Channel.Controls)
        .GroupBy(x => x.Header.Stream)
        .Select(x => $"{x.Key} {x.Sum(b => b.Count)} {x.SelectMany(b => b.RecvUs.ToArray()).Aggregate(17L, (h, t) => (h * 31) + t)}")
        .Order());
}
