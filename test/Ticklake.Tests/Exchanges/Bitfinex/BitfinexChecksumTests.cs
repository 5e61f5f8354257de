using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bitfinex;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bitfinex;

/// <summary>The worked examples of the protocol notes, computed there with an independent CRC.</summary>
public sealed partial class BitfinexChecksumTests
{
    [Fact]
    public void Plain_numbers_before_and_after_an_update()
    {
        var book = BookOf("[64210,2,0.75] [64209,1,1.2] [64205,3,0.03141592] "
            + "[64211,1,-0.5] [64212.5,4,-2.25] [64220,2,-10]");
        Checksum(book).ShouldBe(-1388583698);
        Apply(book, "[64210,3,1.5] [64209,0,1]");
        Checksum(book).ShouldBe(832887566);
    }

    [Fact]
    public void Exponents_as_javascript_writes_them() =>
        Checksum(BookOf("[0.0000011,2,1500.5] [0.000001,1,20000] [9.9e-7,4,350.00000001] [7e-7,1,12] "
            + "[0.00000112,1,-40] [0.0000012,2,-8e-8]")).ShouldBe(-1983737170);

    [Fact]
    public void Orders_by_price_then_id()
    {
        var book = new OrderBook();
        foreach (var (id, price, amount) in new[]
        {
            (91820012L, "64212.5", "-1.25"), (91820007L, "64210", "0.25"), (91820001L, "64210", "0.5"),
            (91819000L, "64209", "1.2"), (91820010L, "64212.5", "-1"), (91820003L, "64211", "-0.5"),
        })
        {
            var side = amount[0] == '-' ? BookSide.Ask : BookSide.Bid;
            book.Apply(new BookOrder(id, side, Number(price), Number(amount).Abs(), IsDelete: false));
        }

        var rule = BitfinexBookRule.For(new StreamKey(BitfinexExchange.Market, Channel.RawBooks, "tBTCUSD"));
        rule.RawChecksum.ShouldNotBeNull()(book).ShouldBe(-1456609725);
    }

    [Fact]
    public void A_book_that_the_exchange_itself_published_with_its_checksum()
    {
        var lines = RecordedFrames.Lines("bitfinex/checksum_vector_1.jsonl");
        var decoder = new BitfinexExchange().CreateDecoder(BitfinexExchange.Market, DecoderOptions.Default);
        var writer = new BookKeeper();
        foreach (var line in lines)
            decoder.Decode(Encoding.UTF8.GetBytes(line), writer);
        writer.Sent.ShouldBe(-1175357890);
        Checksum(writer.Book).ShouldBe(-1175357890);
    }

    [Fact]
    public void Only_the_best_twenty_five_of_a_side_count()
    {
        var book = new PriceBook();
        for (var i = 0; i < 25; i++)
            Apply(book, $"[{100 - i},1,1] [{200 + i},1,-1]");
        var checksum = Checksum(book);
        Apply(book, "[1,1,1] [900,1,-1]");
        Checksum(book).ShouldBe(checksum);
    }

    [Fact]
    public void An_empty_book_is_the_checksum_of_no_text() => Checksum(new PriceBook()).ShouldBe(0);

    static int Checksum(PriceBook book) => BitfinexBookRule
        .For(new StreamKey(BitfinexExchange.Market, Channel.Books, "tBTCUSD")).Checksum.ShouldNotBeNull()(book);

    static PriceBook BookOf(string entries)
    {
        var book = new PriceBook();
        Apply(book, entries);
        return book;
    }

    static void Apply(PriceBook book, string entries)
    {
        foreach (Match entry in Entry().Matches(entries))
        {
            var amount = Number(entry.Groups[3].Value);
            var isDelete = entry.Groups[2].Value == "0";
            var side = amount.IsNegative ? BookSide.Ask : BookSide.Bid;
            book.Apply(new BookLevel(
                side, Number(entry.Groups[1].Value), isDelete ? ExactDecimal.Zero : amount.Abs()));
        }
    }

    static ExactDecimal Number(string text)
    {
        ExactDecimal.TryParse(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue();
        return value;
    }

    [GeneratedRegex(@"\[([^,\]]+),([^,\]]+),([^,\]]+)\]")]
    private static partial Regex Entry();
}
