using System.Text.Json;
using Shouldly;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.SystemTests;

/// <summary>The recorder as people meet it: a process, its signals and its exit codes.</summary>
public sealed class RecorderProcessTests
{
    const int Interrupt = 2;
    const int UserSignal1 = 10;
    const int Terminate = 15;
    const int InterruptedExitCode = 130;

    static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_demo_ends_by_itself_and_says_nothing_but_its_log()
    {
        var folder = Directory.CreateTempSubdirectory("ticklake-demo-").FullName;
        var (code, _, errors) = await TicklakeProcess.RunAsync(folder, "demo", "--seconds", "5", "--data", "D");

        code.ShouldBe(0, errors);
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldContain(l => l.Contains("simulated", StringComparison.Ordinal));
        lines.Where(l => !char.IsDigit(l[0])).ShouldBeEmpty("every line is a line of the log");
        lines.Where(l => l.Contains("fail:", StringComparison.Ordinal) || l.Contains("warn:", StringComparison.Ordinal))
            .ShouldBeEmpty(errors);
        File.Exists(Path.Combine(folder, "D", "truth.json")).ShouldBeTrue();
        var (gapsCode, gaps, _) = await TicklakeProcess.RunAsync(folder, "gaps", "--data", "D", "--json");
        gapsCode.ShouldBe(0);
        gaps.Trim().ShouldBe("[]");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_demo_records_the_markets_it_is_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("ticklake-demo-").FullName;
        var (code, _, errors) = await TicklakeProcess.RunAsync(
            folder, "demo", "--seconds", "3", "--data", "D", "--exchange", "upbit,bybit/linear");

        code.ShouldBe(0, errors);
        using (var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "D", "truth.json"))))
        {
            truth.RootElement.GetProperty("streams").EnumerateArray().Select(s => s.GetProperty("exchange").GetString())
                .Distinct().Order().ShouldBe(["bybit-linear", "upbit"]);
        }

        (code, _, errors) = await TicklakeProcess.RunAsync(folder, "demo", "--seconds", "3", "--exchange", "upbit,bybit/inverse");
        code.ShouldBe(2);
        errors.ShouldContain("no simulated exchange or market 'bybit/inverse'");
        errors.ShouldContain("bybit, bybit/spot, bybit/linear");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_interrupt_seals_everything_and_exits_zero()
    {
        await using var folder = await RecordingFolder.CreateAsync();
        using var recorder = TicklakeProcess.Start(folder.Root, "run");
        await recorder.UntilAsync("it records", () => folder.IsRecording);

        recorder.Signal(Interrupt);
        (await recorder.ExitAsync(StopTime)).ShouldBe(0, recorder.Errors);

        folder.Sessions.ShouldBe((2, 2));
        folder.Rows().Count.ShouldBe(9);
        (await folder.RowsOfJournalsAsync()).ShouldBe(folder.Rows());
        folder.Status!.State.ShouldBe("stopped");
    }

    [Fact]
    public async Task A_second_interrupt_exits_at_once_and_the_next_start_recovers()
    {
        await using var folder = await RecordingFolder.CreateAsync();
        using (var recorder = TicklakeProcess.Start(folder.Root, "run"))
        {
            await recorder.UntilAsync("it records", () => folder.IsRecording);
            // Two different signals: two equal ones in quick succession may become one.
            recorder.Signal(Interrupt);
            recorder.Signal(Terminate);
            (await recorder.ExitAsync(TimeSpan.FromSeconds(10))).ShouldBe(InterruptedExitCode, recorder.Errors);
        }

        folder.Sessions.Complete.ShouldBeLessThan(folder.Sessions.All);
        using var next = TicklakeProcess.Start(folder.Root, "run");
        await next.UntilAsync("it records again", () => folder.Sessions.All == 4 && folder.IsRecording);
        next.Signal(Interrupt);
        (await next.ExitAsync(StopTime)).ShouldBe(0, next.Errors);

        folder.Sessions.ShouldBe((4, 4));
        (await folder.RowsOfJournalsAsync()).ShouldBe(folder.Rows());
    }

    [Fact]
    public async Task A_flush_seals_what_is_open_while_recording_goes_on()
    {
        await using var folder = await RecordingFolder.CreateAsync();
        using var recorder = TicklakeProcess.Start(folder.Root, "run");
        await recorder.UntilAsync("it records", () => folder.IsRecording);

        var (code, output, errors) = await TicklakeProcess.RunAsync(folder.Root, "flush", "--data", "data");
        code.ShouldBe(0, errors);
        output.ShouldContain("Flushed");
        var afterCommand = folder.Segments().Count;
        afterCommand.ShouldBeGreaterThanOrEqualTo(9);

        recorder.Signal(UserSignal1);
        await recorder.UntilAsync("the signal flushes too", () => folder.Status is { Flushes: 2 });
        folder.Segments().Count.ShouldBeGreaterThan(afterCommand);
        var rows = folder.Status!.Counts.Rows;
        await recorder.UntilAsync("recording goes on", () => folder.Status!.Counts.Rows > rows);
        recorder.Signal(Interrupt);
        (await recorder.ExitAsync(StopTime)).ShouldBe(0, recorder.Errors);
        (await folder.RowsOfJournalsAsync()).ShouldBe(folder.Rows());
    }

    [Fact]
    public async Task A_second_recorder_is_turned_away()
    {
        await using var folder = await RecordingFolder.CreateAsync();
        using var recorder = TicklakeProcess.Start(folder.Root, "run");
        await recorder.UntilAsync("it records", () => folder.IsRecording);

        var (code, _, errors) = await TicklakeProcess.RunAsync(folder.Root, "run");

        code.ShouldBe(3);
        errors.ShouldContain("Another recorder works in");
        errors.Split('\n').Length.ShouldBe(1, errors);
        recorder.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task A_reset_connection_comes_back_by_itself()
    {
        await using var folder = await RecordingFolder.CreateAsync();
        using var recorder = TicklakeProcess.Start(folder.Root, "run");
        await recorder.UntilAsync("it records", () => folder.IsRecording);

        folder.Simulator.Faults.Arm(new FaultSpec(FaultKind.Reset) { Exchange = "binance" });
        await recorder.UntilAsync(
            "it is back", () => folder.IsRecording && folder.Status!.Connections.Any(c => c.Reconnects > 0));
        recorder.Signal(Interrupt);
        (await recorder.ExitAsync(StopTime)).ShouldBe(0, recorder.Errors);
        (await folder.RowsOfJournalsAsync()).ShouldBe(folder.Rows());
    }
}
