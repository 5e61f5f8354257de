using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

public sealed class BinanceAnswerTests
{
    readonly IFrameDecoder _decoder = new BinanceExchange().CreateDecoder(BinanceExchange.Spot, DecoderOptions.Default);
    readonly EventLog _log = new();

    [Fact]
    public void The_same_answer_means_what_was_asked()
    {
        _decoder.Sent("""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1}"""u8);
        _decoder.Sent("""{"method":"UNSUBSCRIBE","params":["btcusdt@trade"],"id":2}"""u8);
        _decoder.Sent("""{"method":"UNSUBSCRIBE","params":["ethusdt@trade"],"id":3}"""u8);
        Notice("""{"result":null,"id":1}""").ShouldContain("Subscribed");
        Notice("""{"result":null,"id":2}""").ShouldContain("Unsubscribed");
        Notice("""{"error":{"code":2,"msg":"Invalid request"},"id":3}""").ShouldContain("Refused");
        Notice("""{"result":null,"id":3}""").ShouldNotContain("Unsubscribed", Case.Sensitive, "it has been answered");
    }

    [Fact]
    public void A_list_of_subscriptions_is_a_sign_of_life()
    {
        Notice("""{"result":["btcusdt@trade"],"id":7}""").ShouldContain("Pong");
        Notice("""{"result":[],"id":8}""").ShouldContain("Pong");
    }

    string Notice(string frame)
    {
        _log.Clear();
        _decoder.Decode(System.Text.Encoding.UTF8.GetBytes(frame), _log).ShouldBe(FrameVerdict.Decoded);
        return _log.Lines.ShouldHaveSingleItem();
    }
}
