using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Bitfinex;
using Ticklake.Exchanges;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bitfinex;

/// <summary>Every frame of the real recordings decodes, and as many events come out as an independent script counted.</summary>
public sealed class BitfinexRecordingTests
{
    static readonly MarketId Market = BitfinexExchange.Market;

    [Fact]
    public void The_long_recording_of_2018_decodes_wholly()
    {
        var frames = Recordings.Joined("bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz");
        frames.Count.ShouldBe(1_057_704);
        var counts = new EventCounts();
        // The second connection starts at this message; a recorder would start a decoder there.
        foreach (var session in new[] { frames[..917_362], frames[917_362..] })
        {
            var decoder = new BitfinexExchange().CreateDecoder(Market, DecoderOptions.Default);
            foreach (var frame in session)
                decoder.Decode(frame, counts).ShouldBe(FrameVerdict.Decoded);
        }

        counts.BookSnapshots.ShouldBe(2);
        counts.Deletes.ShouldBe(330_513);
        counts.TradesUpdated.ShouldBe(4_465);
        counts.Trades.ShouldBe(4_465 + 8);
        counts.Streams.Select(stream => stream.ChannelName).ShouldBe(["trades", "books_len100"]);
    }

    [Fact]
    public void A_sequenced_recording_counts_up_by_one()
    {
        var decoder = new BitfinexExchange().CreateDecoder(Market, DecoderOptions.Default);
        var counts = new EventCounts();
        var frames = Recordings.Cryptofeed("bitfinex/cryptofeed_seq65536_20210417.jsonl");
        foreach (var (frame, path) in frames)
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
        var decoder = new BitfinexExchange().CreateDecoder(Market, DecoderOptions.Default);
        var log = new EventLog();
        foreach (var line in Recordings.Lines(path))
            decoder.Decode(System.Text.Encoding.UTF8.GetBytes(line), log).ShouldNotBe(FrameVerdict.Malformed, line);
    }
}
