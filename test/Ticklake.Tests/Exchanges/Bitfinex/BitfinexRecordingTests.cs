using System.Text;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bitfinex;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bitfinex;

/// <summary>
/// Every frame of the real recordings decodes, and as many events come out as an independent script counted.
/// </summary>
public sealed class BitfinexRecordingTests
{
    static readonly MarketId Market = BitfinexExchange.Market;

    [Fact]
    public void The_long_recording_of_2018_decodes_wholly()
    {
        var frames = RecordedFrames.Joined("bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz");
        frames.Count.ShouldBe(1_057_704);
        var counts = new EventCounts();
        var decoder = NewDecoder();
        var sessions = 0;
        var undecoded = 0;
        foreach (var frame in frames)
        {
            // The server greets on each connection; a recorder would have started a decoder with it.
            if (frame.AsSpan().StartsWith("{\"event\":\"info\""u8))
            {
                decoder = NewDecoder();
                sessions++;
            }

            undecoded += decoder.Decode(frame, counts) == FrameVerdict.Decoded ? 0 : 1;
        }

        undecoded.ShouldBe(0);
        sessions.ShouldBe(2);
        counts.BookSnapshots.ShouldBe(2);
        counts.Deletes.ShouldBe(330_513);
        counts.TradesUpdated.ShouldBe(4_465);
        counts.Trades.ShouldBe(4_465 + 8);
        counts.Streams.Select(stream => stream.ChannelName).ShouldBe(["trades", "books_len100"]);
    }

    [Fact]
    public void A_sequenced_recording_counts_up_by_one()
    {
        var decoder = NewDecoder();
        var counts = new EventCounts();
        foreach (var (frame, path) in RecordedFrames.Cryptofeed("bitfinex/cryptofeed_seq65536_20210417.jsonl"))
        {
            if (path is null)
                decoder.Decode(frame, counts).ShouldBe(FrameVerdict.Decoded);
        }

        counts.Sequences.ShouldBe(1_670);
        counts.SequenceBreaks.ShouldBe(0);
    }

    [Theory]
    [InlineData("bitfinex/checksum_vector_1.jsonl")]
    [InlineData("bitfinex/observatory_single_frames_20260923.jsonl")]
    public void Single_frames_are_well_formed(string path)
    {
        var decoder = NewDecoder();
        foreach (var line in RecordedFrames.Lines(path))
            decoder.Decode(Encoding.UTF8.GetBytes(line), new EventLog()).ShouldNotBe(FrameVerdict.Malformed, line);
    }

    static IFrameDecoder NewDecoder() => new BitfinexExchange().CreateDecoder(Market, DecoderOptions.Default);
}
