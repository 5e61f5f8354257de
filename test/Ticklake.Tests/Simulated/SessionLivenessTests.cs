using System.Text;
using Shouldly;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>What a recorder makes of silence, on real sockets.</summary>
public sealed class SessionLivenessTests
{
    const string Depth = "btcusdt@depth@100ms";

    [Fact]
    public async Task A_quiet_connection_that_answers_is_kept()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"]);
        await rig.UntilAsync("it is connected", () => rig.Connection.State == "connected");
        // Before enough is known to call the silence unusual.
        rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.Silence) { Exchange = "binance" });
        await rig.PassAsync(TimeSpan.FromSeconds(150));
        rig.Connection.Reconnects.ShouldBe(0, rig.Describe());
        await rig.StopAsync();
        Sent(rig.Data).Count(m => m.Contains("LIST_SUBSCRIPTIONS")).ShouldBeInRange(3, 6);
        new RecordedLake(rig.Data).Controls("binance").ShouldNotContain(c => c.Kind == IntegrityKind.Quarantined);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_among_others_is_declared_and_asked_for_again_once()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"]);
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(60));
        rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.Silence) { Stream = Depth, AfterMessages = 1, DurationMs = 130_000 });
        await rig.PassAsync(TimeSpan.FromSeconds(150));
        rig.Connection.Reconnects.ShouldBe(0, rig.Describe());
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        var controls = lake.Controls("binance");
        controls.Where(c => c.Kind == "silence").ShouldHaveSingleItem().Detail.ShouldContain("books");
        controls.Count(c => c.Kind == "silence_ended").ShouldBe(1);
        controls.Count(c => c.Kind == "unsubscribed").ShouldBe(1);
        Sent(rig.Data).Count(m => m.Contains("UNSUBSCRIBE")).ShouldBe(1);
    }

    static List<string> Sent(string data)
    {
        var messages = new List<string>();
        foreach (var file in JournalFolder.Files(data))
        {
            using var reader = new JournalReader(file.FullPath);
            while (reader.TryRead(out var line))
            {
                if (line.Kind == JournalLineKind.Sent)
                    messages.Add(Encoding.UTF8.GetString(line.Payload));
            }
        }

        return messages;
    }
}
