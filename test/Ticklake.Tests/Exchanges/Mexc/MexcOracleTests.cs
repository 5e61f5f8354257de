using System.Globalization;
using Google.Protobuf;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Mexc;
using Xunit;

namespace Ticklake.Tests.Exchanges.Mexc;

/// <summary>Random messages, written by Google.Protobuf and read by ours: the same values come out.</summary>
public sealed class MexcOracleTests
{
    const int Seed = 20261121;
    const int Messages = 5_000;

    [Fact]
    public void Books_of_any_shape_are_read_as_google_wrote_them()
    {
        var random = new Random(Seed);
        var decoder = NewDecoder();
        for (var i = 0; i < Messages; i++)
        {
            var body = new AggreDepth
            {
                EventType = Text(random),
                FromVersion = "1",
                ToVersion = Digits(random),
                LastOrderCreateTime = random.Next(3) == 0 ? 0 : random.NextInt64(1L << 41),
            };
            body.Asks.AddRange(Levels(random));
            body.Bids.AddRange(Levels(random));
            var wrapper = Wrapper("aggre.depth", random);
            wrapper.PublicAggreDepths = body;
            var expected = body.Asks.Select(l => $"  Ask {l.Price} {l.Quantity} count=-1")
                .Concat(body.Bids.Select(l => $"  Bid {l.Price} {l.Quantity} count=-1"));
            var time = body.LastOrderCreateTime > 0 ? body.LastOrderCreateTime : wrapper.SendTime;
            var head = $"book 0 seq={body.ToVersion} time={Micro(time)} first=1 last={body.ToVersion} prev=- batch=-";
            Written(decoder, wrapper).ShouldBe([head, .. expected], $"seed {Seed}, message {i}");
        }
    }

    [Fact]
    public void Trades_of_any_number_are_read_as_google_wrote_them()
    {
        var random = new Random(Seed);
        var decoder = NewDecoder();
        for (var i = 0; i < Messages; i++)
        {
            var wrapper = Wrapper("aggre.deals", random);
            wrapper.PublicAggreDeals = new AggreDeals { EventType = Text(random) };
            wrapper.PublicAggreDeals.Deals.AddRange(Enumerable.Range(0, random.Next(1, 100)).Select(_ => new Deal
            {
                Price = Number(random),
                Quantity = Number(random),
                TradeType = random.Next(1, 3),
                Time = random.NextInt64(1, 1L << 41),
                TradeId = random.Next(4) == 0 ? "" : Text(random),
            }));
            var expected = wrapper.PublicAggreDeals.Deals.Select(d =>
                $"trade 0 seq=- time={Micro(d.Time)} id={d.TradeId} mts={Micro(d.Time)} {d.Price} x {d.Quantity} "
                + $"{(d.TradeType == 1 ? "Buy" : "Sell")} Trade");
            Written(decoder, wrapper).ShouldBe(expected, $"seed {Seed}, message {i}");
        }
    }

    static IEnumerable<string> Written(IFrameDecoder decoder, PushWrapper wrapper)
    {
        var log = new EventLog();
        decoder.Decode(wrapper.ToByteArray(), log).ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
        return log.Lines.Where(line => !line.StartsWith("open ", StringComparison.Ordinal));
    }

    static PushWrapper Wrapper(string type, Random random)
    {
        var wrapper = new PushWrapper
        {
            Channel = $"spot@public.{type}.v3.api.pb@100ms@BTCUSDT",
            SendTime = random.NextInt64(1, 1L << 41),
        };
        if (random.Next(2) == 0)
            wrapper.Symbol = "BTCUSDT";
        if (random.Next(4) == 0)
            wrapper.SymbolId = Text(random);
        return wrapper;
    }

    static IEnumerable<Level> Levels(Random random) => Enumerable.Range(0, random.Next(30))
        .Select(_ => new Level { Price = Number(random), Quantity = random.Next(4) == 0 ? "0" : Number(random) });

    static string Number(Random random)
    {
        var whole = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, 10)));
        return random.Next(3) == 0
            ? whole.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{whole}.{random.Next(1, 99_999_999):D8}");
    }

    static string Digits(Random random) => random.NextInt64(1, 100_000_000_000).ToString(CultureInfo.InvariantCulture);

    static string Text(Random random) =>
        new([.. Enumerable.Range(0, random.Next(1, 45)).Select(_ => (char)random.Next('A', 'Z'))]);

    static string Micro(long milliseconds) => (milliseconds * 1000).ToString(CultureInfo.InvariantCulture);

    static IFrameDecoder NewDecoder() => new MexcExchange().CreateDecoder(MexcExchange.Spot, DecoderOptions.Default);
}
