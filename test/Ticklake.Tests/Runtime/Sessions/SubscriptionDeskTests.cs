using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class SubscriptionDeskTests
{
    static readonly DateTimeOffset Start = new(2025, 1, 17, 8, 0, 0, TimeSpan.Zero);
    static readonly IExchange Exchange = ExchangeCatalog.Find("bitfinex")!;
    static readonly StreamKey Stream = new(Exchange.Markets[0], Channel.Books, "tBTCUSD");

    readonly SessionFeed _feed = new();
    readonly ScriptedSubscriptions _subscriptions = new();
    readonly SubscriptionDesk _desk;

    public SubscriptionDeskTests() => _desk = new SubscriptionDesk(
        new SessionPlan(
            Exchange, Exchange.Markets[0], Exchange.DefaultEndpoints(Exchange.Markets[0]), new SessionOptions(), [Stream], "", 1),
        new SessionTiming(),
        _subscriptions,
        NullLogger.Instance);

    StreamWatch Watch => _desk.Board.Find(Stream)!;

    [Fact]
    public void A_stream_is_asked_for_acknowledged_and_live_with_its_first_data()
    {
        Tick(0);
        Watch.Stage.ShouldBe(StreamStage.Requested);
        Sent(0).ShouldBe("subscribe");
        Answer(1, x => x with { Acknowledged = [Stream] });
        Watch.Stage.ShouldBe(StreamStage.Acknowledged);
        _desk.Board.AllSettled.ShouldBeFalse();
        Data(2);
        Watch.Stage.ShouldBe(StreamStage.Live);
        _desk.Board.AllSettled.ShouldBeTrue();
    }

    [Fact]
    public void Data_that_come_before_the_acknowledgement_count()
    {
        Tick(0);
        Sent(0);
        _feed.ActivityOf(Stream).LastData = TimestampNs.From(Start + TimeSpan.FromSeconds(1));
        Answer(2, x => x with { Acknowledged = [Stream] });
        Tick(3);
        Watch.Stage.ShouldBe(StreamStage.Live, "a quiet stream may have nothing to say after its snapshot");
    }

    [Fact]
    public void An_unanswered_request_is_made_again()
    {
        Tick(0);
        Sent(0);
        Tick(20);
        Watch.Stage.ShouldBe(StreamStage.Requested);
        Tick(21);
        Tick(21);
        Sent(21).ShouldBe("subscribe");
    }

    [Fact]
    public void A_refusal_is_reported_once_and_asked_again_later()
    {
        Tick(0);
        Answer(1, x => x with { Retry = [Stream] });
        Tick(2);
        Watch.Stage.ShouldBe(StreamStage.Wanted);
        Tick(22);
        Watch.Stage.ShouldBe(StreamStage.Requested);
        Answer(23, x => x with { Refused = [Stream] });
        Tick(30);
        Watch.Stage.ShouldBe(StreamStage.Refused);
        _desk.Occurrences.Select(x => x.Name).ShouldBe(["stream_refused"]);
        _desk.Board.AllSettled.ShouldBeTrue();
        Tick(500);
        Watch.Stage.ShouldNotBe(StreamStage.Refused, "10300 is generic: it may have been for the moment");
        _desk.Occurrences.Count.ShouldBe(1);
    }

    [Fact]
    public void A_stream_refused_for_anothers_sake_is_asked_for_at_once()
    {
        Tick(0);
        Sent(0);
        Answer(1, x => x with { AskAgain = [Stream] });
        Tick(1);
        Watch.Stage.ShouldBe(StreamStage.Requested);
        Sent(1).ShouldBe("subscribe");
        _desk.Occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void Silence_after_the_acknowledgement_is_reported_once()
    {
        Tick(0);
        Answer(1, x => x with { Acknowledged = [Stream] });
        Tick(61);
        _desk.Occurrences.ShouldBeEmpty();
        Tick(62);
        Tick(90);
        _desk.Occurrences.Select(x => x.Name).ShouldBe(["stream_silent"]);
    }

    [Fact]
    public void A_lost_heartbeat_gives_the_stream_back_and_asks_again()
    {
        var patience = (int)Exchange.LimitsOf(Exchange.Markets[0]).HeartbeatTimeout!.Value.TotalSeconds;
        Live();
        Tick(2 + patience);
        Watch.Stage.ShouldBe(StreamStage.Live);
        Tick(3 + patience);
        Watch.Stage.ShouldBe(StreamStage.Leaving);
        _desk.Occurrences.Select(x => x.Name).ShouldBe(["heartbeat_lost"]);
        Sent(3 + patience).ShouldBe("unsubscribe");
        Answer(4 + patience, x => x with { Left = [Stream] });
        Tick(5 + patience);
        Watch.Stage.ShouldBe(StreamStage.Requested);
        Data(6 + patience);
        Watch.Stage.ShouldBe(StreamStage.Live);
    }

    [Fact]
    public void Repairs_that_do_not_help_come_ever_more_slowly_and_begin_anew_after_peace()
    {
        Live();
        var now = 100;
        foreach (var pause in new[] { 0, 10, 20, 40 })
        {
            if (pause > 0)
                RepairIsDone(now + pause - 1).ShouldBeFalse($"not before {pause} s");
            now += pause;
            RepairIsDone(now).ShouldBeTrue($"after {pause} s");
        }

        now += 3600;
        RepairIsDone(now).ShouldBeTrue();
        RepairIsDone(now + 9).ShouldBeFalse();
        RepairIsDone(now + 10).ShouldBeTrue("an hour of peace is forgiven everything");
        Watch.Resubscriptions.ShouldBe(6);
    }

    [Fact]
    public void Maintenance_counts_no_silence_and_ends_with_new_subscriptions()
    {
        Live();
        Answer(10, x => x with { Action = SessionAction.Pause });
        Tick(900);
        _desk.PausedSince.ShouldBe(At(10));
        Watch.Stage.ShouldBe(StreamStage.Live);
        Answer(901, x => x with { Action = SessionAction.ResubscribeAll });
        _desk.PausedSince.ShouldBeNull();
        Watch.Stage.ShouldBe(StreamStage.Leaving);
    }

    // The exchange takes the stream back and gives it anew at once.
    bool RepairIsDone(int second)
    {
        Data(second);
        _desk.Resubscribe(Stream, At(second));
        if (Watch.Stage != StreamStage.Leaving)
            return false;
        Answer(second, x => x with { Left = [Stream] });
        Tick(second);
        Data(second);
        return true;
    }

    void Live()
    {
        Tick(0);
        Sent(0);
        Data(2);
    }

    void Data(int second)
    {
        _feed.ActivityOf(Stream).LastData = new TimestampNs(At(second).ToUnixTimeMilliseconds() * 1_000_000);
        Tick(second);
    }

    void Tick(int second) => _desk.Tick(At(second), _feed);

    void Answer(int second, Func<NoticeOutcome, NoticeOutcome> change)
    {
        _subscriptions.Next = change(NoticeOutcome.Nothing);
        _desk.On(new ServerNotice(NoticeKind.Other), At(second));
        _subscriptions.Next = NoticeOutcome.Nothing;
    }

    string Sent(int second) =>
        _desk.Outbox.TryTake(At(second), out var frame, out _) ? System.Text.Encoding.UTF8.GetString(frame) : "";

    static DateTimeOffset At(int second) => Start.AddSeconds(second);

    sealed class ScriptedSubscriptions : ISubscriptions
    {
        public NoticeOutcome Next { get; set; } = NoticeOutcome.Nothing;

        public string ConnectPath => "";

        public bool IsReady => true;

        public IReadOnlyList<byte[]> Hello() => [];

        public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams) =>
            [new("subscribe"u8.ToArray(), "1", streams)];

        public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams) =>
            [new("unsubscribe"u8.ToArray(), "2", streams)];

        public NoticeOutcome On(ServerNotice notice) => Next;

        public RestRequest? SnapshotFor(StreamKey stream) => null;
    }
}
