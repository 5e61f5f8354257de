using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class SilenceWatchTests
{
    static readonly DateTimeOffset Start = new(2025, 1, 17, 8, 0, 0, TimeSpan.Zero);
    static readonly MarketId Market = new("binance", MarketId.Spot);

    readonly StreamBoard _board = new(
    [
        new StreamKey(Market, Channel.Books, "AUSDT"), new StreamKey(Market, Channel.Books, "BUSDT"),
        new StreamKey(Market, Channel.Trades, "AUSDT"),
    ]);

    readonly Dictionary<StreamKey, TimeSpan?> _keepAlives = [];
    SilenceWatch _watch;
    readonly List<Occurrence> _occurrences = [];
    readonly List<string> _repaired = [];
    int _now;

    public SilenceWatchTests()
    {
        _watch = NewWatch();
        foreach (var watch in _board.All)
            _board.Move(watch.Key, StreamStage.Live, Start);
    }

    [Fact]
    public void A_stream_whose_heartbeats_go_on_is_not_silent()
    {
        Pass(120, "books AUSDT", "books BUSDT");
        for (var i = 0; i < 300; i++)
        {
            _board.Find(new StreamKey(Market, Channel.Books, "AUSDT"))!.LastHeartbeat = Start.AddSeconds(_now);
            Pass(1, "books BUSDT");
        }

        _occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void A_stream_that_falls_silent_among_others_is_declared_once_and_asked_for_again_once()
    {
        Pass(120, "books AUSDT", "books BUSDT");
        Pass(60, "books BUSDT");
        _occurrences.ShouldBeEmpty();
        Pass(1, "books BUSDT");
        _occurrences.Select(o => o.Name).ShouldBe(["silence"]);
        _repaired.ShouldBe(["books AUSDT"]);
        Pass(3600, "books BUSDT");
        _occurrences.Count.ShouldBe(1);
        _repaired.Count.ShouldBe(1);
        Pass(1, "books AUSDT", "books BUSDT");
        _occurrences.Select(o => o.Name).ShouldBe(["silence", "silence_ended"]);
    }

    [Fact]
    public void A_stream_that_says_once_a_minute_that_it_has_no_news_is_not_silent_at_the_minute()
    {
        _keepAlives[new StreamKey(Market, Channel.Books, "AUSDT")] = TimeSpan.FromSeconds(60);
        _watch = NewWatch();
        Pass(120, "books AUSDT", "books BUSDT");
        Pass(90, "books BUSDT");
        _occurrences.ShouldBeEmpty("its limit is 60 s, and its sign of life may be late");
        Pass(1, "books BUSDT");
        _occurrences.Count.ShouldBe(1);
    }

    [Fact]
    public void A_longer_limit_than_the_exchanges_own_interval_stays()
    {
        _keepAlives[new StreamKey(Market, Channel.Books, "AUSDT")] = TimeSpan.FromSeconds(10);
        _watch = NewWatch();
        Pass(120, "books AUSDT", "books BUSDT");
        Pass(60, "books BUSDT");
        _occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void Its_own_rhythm_is_no_silence()
    {
        for (var i = 0; i < 120; i++)
        {
            Pass(1, "books AUSDT", "books BUSDT");
            Pass(9, "books BUSDT");
        }

        Pass(190, "books BUSDT");
        _occurrences.ShouldBeEmpty("20 times its pause of 10 s is 200 s");
        Pass(10, "books BUSDT");
        _occurrences.Count.ShouldBe(1);
    }

    [Fact]
    public void Channels_that_do_not_tick_by_nature_are_not_watched()
    {
        Pass(120, "trades AUSDT", "books BUSDT");
        Pass(7200, "books BUSDT");
        _occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void A_stream_of_which_little_is_known_is_not_judged()
    {
        Pass(50, "books AUSDT", "books BUSDT");
        Pass(7200, "books BUSDT");
        _occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void Silence_everywhere_is_the_connections_affair()
    {
        Pass(120, "books AUSDT", "books BUSDT");
        Pass(60);
        _watch.IsAllSilent.ShouldBeFalse();
        Pass(1);
        _watch.IsAllSilent.ShouldBeTrue();
        _occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void A_leap_of_the_clock_is_nobodys_silence()
    {
        Pass(120, "books AUSDT", "books BUSDT");
        _now += 3600;
        Pass(30, "books BUSDT");
        _watch.IsAllSilent.ShouldBeFalse();
        _occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void A_stream_that_keeps_falling_silent_is_asked_for_again_every_ten_minutes_at_most()
    {
        Pass(120, "books AUSDT", "books BUSDT");
        for (var i = 0; i < 20; i++)
        {
            Pass(61, "books BUSDT");
            Pass(1, "books AUSDT", "books BUSDT");
        }

        _occurrences.Count(o => o.Name == "silence").ShouldBeGreaterThan(1);
        _repaired.Count.ShouldBeLessThanOrEqualTo(3, "62 s each, 20 times, are 21 minutes");
    }

    SilenceWatch NewWatch() => new(
        _board, SilenceLimits.Default, key => _keepAlives.GetValueOrDefault(key), "binance", NullLogger.Instance);

    void Pass(int seconds, params string[] delivering)
    {
        for (var i = 0; i < seconds; i++)
        {
            var at = Start.AddSeconds(++_now);
            foreach (var watch in _board.All.Where(w => delivering.Contains($"{w.Key.ChannelName} {w.Key.Symbol}")))
            {
                watch.LastData = at;
                if (_watch.Delivered(watch, at) is { } ended)
                    _occurrences.Add(ended);
            }

            _repaired.AddRange(_watch.Look(at, _occurrences).Select(w => $"{w.Key.ChannelName} {w.Key.Symbol}"));
        }
    }
}
