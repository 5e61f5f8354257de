using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Contracts;

/// <summary>
/// What every exchange's decoder must keep, whatever it decodes. An exchange inherits this with its own sample
/// sessions:
/// names of fixture files whose frames are all well formed.
/// </summary>
public abstract class ExchangeContractTests(IExchange exchange, string fixtures, params string[] sessions)
{
    const int Mutations = 100_000;

    /// <summary>A fixture's line as it crosses the wire.</summary>
    protected virtual byte[] FrameOf(string line) => Encoding.UTF8.GetBytes(line);

    /// <summary>Judged by another parser than the decoder's own.</summary>
    protected virtual bool IsWellFormed(ReadOnlySpan<byte> frame) => IsJson(frame);

    /// <summary>
    /// A cut frame is itself a frame: nothing in binary protocols marks where a message ends. Then it may be ignored, and
    /// must write nothing all the same.
    /// </summary>
    protected virtual bool IsWhole(ReadOnlySpan<byte> cut) => false;

    /// <summary>The market whose frames the sessions are.</summary>
    protected virtual MarketId Market => exchange.Markets[0];

    [Fact]
    public void Its_id_is_the_lower_case_name_of_its_folder()
    {
        exchange.Id.ShouldBe(fixtures.ToLowerInvariant());
        exchange.Markets.ShouldAllBe(market => market.Exchange == exchange.Id);
        ExchangeCatalog.Find(exchange.Id).ShouldNotBeNull().GetType().ShouldBe(exchange.GetType());
    }

    [Fact]
    public void A_frame_cut_at_any_byte_writes_nothing_and_is_malformed_unless_the_rest_is_a_frame_too()
    {
        foreach (var frames in Sessions())
        {
            var decoder = NewDecoder();
            var log = new EventLog();
            foreach (var frame in frames)
            {
                for (var length = 0; length < frame.AsSpan().TrimEnd((byte)' ').Length; length++)
                {
                    log.Clear();
                    var cut = frame.AsSpan(0, length);
                    var verdict = decoder.Decode(cut, log);
                    if (verdict != FrameVerdict.Ignored || !IsWhole(cut))
                        verdict.ShouldBe(FrameVerdict.Malformed, Encoding.UTF8.GetString(cut));
                    log.Lines.ShouldBeEmpty(Encoding.UTF8.GetString(cut));
                }

                decoder.Decode(frame, log).ShouldNotBe(FrameVerdict.Malformed, Encoding.UTF8.GetString(frame));
            }
        }
    }

    [Fact]
    public void A_mutated_frame_never_throws_and_if_malformed_writes_nothing()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        var all = Sessions();
        foreach (var frames in all)
        {
            var decoder = NewDecoder();
            var log = new EventLog();
            for (var i = 0; i < Mutations / all.Count; i++)
            {
                if (i % 100 == 0)
                {
                    // Mutations that passed may have changed what the decoder knows.
                    decoder = NewDecoder();
                    Decode(decoder, frames, log);
                }

                var other = frames[random.Next(frames.Length)];
                var mutated = FrameMutation.Of(frames[random.Next(frames.Length)], other, random);
                DecodeMutated(decoder, mutated, log, $"seed {Seed}, mutation {i}: {Encoding.UTF8.GetString(mutated)}");
            }
        }
    }

    [Fact]
    public void Hostile_frames_are_refused()
    {
        const int Many = 4_000_000;
        var decoder = NewDecoder();
        foreach (var frame in Sessions()[0])
            decoder.Decode(frame, new EventLog());
        var log = new EventLog();
        foreach (var (before, repeated) in new[]
        {
            ("", "["), ("", "{\"data\":"), ("[1,", "["), ("", " "), ("", "\0"), ("[", "9"), ("[1,\"", "x"),
            ("{\"", "\\\\"), ("[1,[", "[1,2,3],"),
            ("{\"stream\":\"btcusdt@trade\",\"data\":{\"p\":\"", "1"), ("", "[],"), ("-", "-"),
        })
        {
            var frame = Encoding.UTF8.GetBytes(
                before + string.Concat(Enumerable.Repeat(repeated, Many / repeated.Length)));
            decoder.Decode(frame, log).ShouldBe(FrameVerdict.Malformed, before + repeated);
        }

        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Data_frames_allocate_nothing()
    {
        foreach (var frames in Sessions())
        {
            var decoder = NewDecoder();
            var data = frames.Where(frame => IsData(decoder, frame)).ToArray();
            var counts = new EventCounts();
            Decode(decoder, data, counts);
            foreach (var frame in data)
                ShouldAllocateNothing(decoder, frame, counts);
        }
    }

    [Fact]
    public void A_decoder_restored_in_the_middle_goes_on_the_same()
    {
        foreach (var frames in Sessions())
        {
            for (var middle = 0; middle <= frames.Length; middle++)
            {
                var log = new EventLog();
                var decoder = NewDecoder();
                Decode(decoder, frames[..middle], log);
                var context = decoder.Context();

                var restoredLog = new EventLog(log.Streams);
                var restored = NewDecoder();
                foreach (var item in context)
                    restored.Restore(item, restoredLog);
                restoredLog.Lines.ShouldAllBe(
                    line => line.StartsWith("open ") || line.StartsWith("notice ConfigurationAcknowledged"),
                    "restoring is no news, but rows carry the flags");
                restoredLog.Clear();

                log.Clear();
                Decode(decoder, frames[middle..], log);
                Decode(restored, frames[middle..], restoredLog);
                WithoutOpening(restoredLog).ShouldBe(WithoutOpening(log), $"restored before frame {middle}");
            }
        }
    }

    [Fact]
    public void Every_stream_it_decodes_can_be_asked_for_and_has_rules()
    {
        foreach (var frames in Sessions())
        {
            var log = new EventLog();
            Decode(NewDecoder(), frames, log);
            foreach (var stream in log.Streams)
            {
                exchange.RulesFor(stream).ShouldNotBeNull();
                exchange.PairOf(stream.Market, stream.Symbol).ShouldNotBeNullOrEmpty();
                var subscriptions = exchange.CreateSubscriptions(Market, "", new SessionOptions());
                var request = subscriptions.Subscribe([stream]).ShouldHaveSingleItem();
                request.Streams.ShouldBe([stream]);
                IsJson(request.Frame).ShouldBeTrue();
            }
        }
    }

    void DecodeMutated(IFrameDecoder decoder, byte[] mutated, EventLog log, string text)
    {
        log.Clear();
        var verdict = decoder.Decode(mutated, log);
        (decoder.LastFault is not null).ShouldBe(verdict == FrameVerdict.Malformed, text);
        if (verdict == FrameVerdict.Malformed)
            log.Lines.ShouldBeEmpty(text);
        else
            IsWellFormed(mutated).ShouldBeTrue(text);
    }

    // The tests run without a quick compiler's code (Ticklake.Tests.csproj), which boxes what optimised code does not. A
    // collection in the middle of a round, of which other tests bring many, counts what was left of the thread's allocation
    // buffer (some 8 KB) as allocated; a frame that allocates shows in every round, a thousandfold.
    static void ShouldAllocateNothing(IFrameDecoder decoder, byte[] frame, EventCounts counts)
    {
        const int Rounds = 5;
        const int Decodes = 1000;
        for (var i = 0; i < Decodes; i++)
            decoder.Decode(frame, counts);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Decodes; i++)
                decoder.Decode(frame, counts);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0, Encoding.UTF8.GetString(frame));
    }

    IFrameDecoder NewDecoder() => exchange.CreateDecoder(Market, DecoderOptions.Default);

    List<byte[][]> Sessions() => [.. sessions.Select(name => FixtureFrames.Read(fixtures, name, FrameOf))];

    static bool IsData(IFrameDecoder decoder, byte[] frame)
    {
        var log = new EventLog();
        var verdict = decoder.Decode(frame, log);
        return verdict != FrameVerdict.Malformed && log.Notices.Count == 0;
    }

    static void Decode(IFrameDecoder decoder, byte[][] frames, IEventWriter writer)
    {
        foreach (var frame in frames)
            decoder.Decode(frame, writer);
    }

    static string[] WithoutOpening(EventLog log) =>
        [.. log.Lines.Where(line => !line.StartsWith("open ", StringComparison.Ordinal))];

    static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 128 });
            while (reader.Read())
            {
            }

            return text[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8).IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
