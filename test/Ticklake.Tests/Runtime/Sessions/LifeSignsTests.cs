using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class LifeSignsTests
{
    static readonly DateTimeOffset Start = new(2025, 1, 17, 8, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Without_a_probe_silence_alone_is_death()
    {
        var life = Opened(null);
        life.Tick(At(60)).ShouldBeNull();
        life.FatalSilence(At(60)).ShouldBeNull();
        life.FatalSilence(At(61)).ShouldBe(TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void A_quiet_connection_is_probed_and_lives_as_long_as_it_answers()
    {
        var life = Opened(new LifeProbe(Minute / 2, IsOnlyForSilence: true, _ => [1]));
        for (var second = 0; second < 600; second += 31)
        {
            life.Tick(At(second + 29)).ShouldBeNull("not silent for long yet");
            life.Tick(At(second + 30)).ShouldBe([1]);
            life.Received();
            life.Tick(At(second + 31)).ShouldBeNull();
            life.FatalSilence(At(second + 31)).ShouldBeNull();
        }
    }

    [Fact]
    public void An_unanswered_probe_is_death_when_its_time_is_over()
    {
        var life = Opened(new LifeProbe(Minute / 2, IsOnlyForSilence: true, _ => [1]));
        life.Tick(At(30)).ShouldNotBeNull();
        life.FatalSilence(At(60)).ShouldBeNull();
        life.FatalSilence(At(61)).ShouldNotBeNull();
    }

    [Fact]
    public void After_a_pause_of_the_machine_the_connection_is_asked_before_it_is_given_up()
    {
        var life = Opened(new LifeProbe(Minute / 2, IsOnlyForSilence: true, _ => [1]));
        life.Tick(At(600)).ShouldNotBeNull();
        life.FatalSilence(At(600)).ShouldBeNull();
        life.FatalSilence(At(630)).ShouldNotBeNull();
    }

    [Fact]
    public void A_busy_connection_is_not_probed_unless_the_exchange_wants_pings()
    {
        var silent = Opened(new LifeProbe(Minute / 3, IsOnlyForSilence: true, _ => [1]));
        var always = Opened(new LifeProbe(Minute / 3, IsOnlyForSilence: false, _ => [1]));
        var (ofSilent, ofAlways) = (0, 0);
        for (var second = 1; second <= 120; second++)
        {
            silent.Received();
            always.Received();
            ofSilent += silent.Tick(At(second)) is null ? 0 : 1;
            ofAlways += always.Tick(At(second)) is null ? 0 : 1;
        }

        ofSilent.ShouldBe(0);
        ofAlways.ShouldBe(6, "every 20 s");
        always.FatalSilence(At(120)).ShouldBeNull();
    }

    [Fact]
    public void A_clock_set_back_delays_no_ping_for_longer_than_its_period()
    {
        var life = Opened(new LifeProbe(Minute / 3, IsOnlyForSilence: false, now => [(byte)now.Second]));
        life.Tick(At(-3600)).ShouldBeNull();
        life.Tick(At(-3580)).ShouldBe([20], "the frame may tell the time");
    }

    static LifeSigns Opened(LifeProbe? probe)
    {
        var life = new LifeSigns(Minute, probe);
        life.Opened(Start);
        return life;
    }

    static DateTimeOffset At(int second) => Start.AddSeconds(second);
}
