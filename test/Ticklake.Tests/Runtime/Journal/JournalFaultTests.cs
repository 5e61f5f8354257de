using System.Diagnostics;
using Shouldly;
using Ticklake.Runtime.Journal;
using Xunit;
using static Ticklake.Tests.Runtime.Journal.JournalTestFolder;

namespace Ticklake.Tests.Runtime.Journal;

public sealed class JournalFaultTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly JournalTestFolder _folder = new();
    readonly ManualTimeProvider _clock = new();
    bool _isMounted;

    public void Dispose()
    {
        if (_isMounted)
            Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_told_harms_nothing_and_recording_goes_on_when_there_is_space()
    {
        Mount("size=256k");
        var ballast = Path.Combine(_folder.Path, "ballast");
        File.WriteAllBytes(ballast, new byte[160 * 1024]);
        await using var flusher = new JournalFlusher(_clock, new JournalOptions { BlockBytes = 16 * 1024 });
        var faults = new List<JournalFault>();
        var recovered = new TaskCompletionSource();
        flusher.Faulted += faults.Add;
        flusher.Recovered += recovered.SetResult;
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        var random = new Random(1);
        var frame = new byte[2000];
        for (var i = 0; i < 60; i++)
        {
            random.NextBytes(frame);
            writer.AppendReceived(frame, Start, binary: true).ShouldBe(i + 2);
        }

        var refusal = await Should.ThrowAsync<JournalFaultedException>(
            () => writer.FlushAsync(toDisk: true).WaitAsync(Patience));
        refusal.Message.ShouldContain("the disk is full");
        refusal.Message.ShouldContain(_folder.FullPath(writer));
        flusher.Fault.ShouldNotBeNull();
        faults.ShouldHaveSingleItem();
        var kept = ReadAll(_folder.FullPath(writer), out var end).Count;
        end.ShouldBe(JournalEnd.Clean, "the block that did not fit is cut off");
        kept.ShouldBeInRange(10, 60);

        File.Delete(ballast);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await recovered.Task.WaitAsync(Patience);
        await writer.DisposeAsync().AsTask().WaitAsync(Patience);
        ReadAll(_folder.FullPath(writer), out end).Select(x => x.Number).ShouldBe(Enumerable.Range(1, 61).Select(x => (long)x));
        end.ShouldBe(JournalEnd.Clean);
        flusher.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_disk_that_stays_full_makes_a_hole_that_is_declared()
    {
        Mount("size=128k");
        var ballast = Path.Combine(_folder.Path, "ballast");
        File.WriteAllBytes(ballast, new byte[120 * 1024]);
        await using var flusher = new JournalFlusher(
            _clock, new JournalOptions { BlockBytes = 8 * 1024, BacklogBytes = 64 * 1024 });
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        var overruns = new List<JournalOverrun>();
        writer.Overrun += overruns.Add;
        var random = new Random(1);
        var frame = new byte[2000];
        var kept = 0L;
        var lost = 0L;
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(frame);
            // From here on the disk refuses, and the clock stands still: no retry comes between.
            if (i == 8)
                await Should.ThrowAsync<JournalFaultedException>(() => writer.FlushAsync(toDisk: false).WaitAsync(Patience));
            if (writer.AppendReceived(frame, Start + TimeSpan.FromSeconds(i), binary: true) == 0)
                lost++;
            else
                kept++;
        }

        lost.ShouldBeGreaterThan(100);
        overruns.ShouldBe([new JournalOverrun(kept + 1, 0, IsOver: false)]);
        File.Delete(ballast);
        Mounted("remount,size=1m");
        await writer.FlushAsync(toDisk: false).WaitAsync(Patience);
        writer.AppendReceived("[1]"u8, Start).ShouldBe(kept + 3, "the hole's own line comes first");
        (overruns[1] with { From = default, To = default, Time = default })
            .ShouldBe(new JournalOverrun(kept + 1, lost, IsOver: true));
        await writer.DisposeAsync();
        var lines = ReadAll(_folder.FullPath(writer), out var end);
        end.ShouldBe(JournalEnd.Clean);
        lines[^2].Text.ShouldContain($"\"e\":\"journal_overrun\",\"lost\":{lost},\"from\":");
    }

    [Fact]
    public async Task A_read_only_file_system_is_named()
    {
        Mount("size=128k");
        Mounted("remount,ro");
        await using var flusher = new JournalFlusher(_clock);
        Should.Throw<JournalFaultedException>(() => JournalWriter.Open(flusher, _folder.Path, Header(), Start))
            .Message.ShouldContain("read-only");
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_a_clear_fault()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "journal"), "");
        await using var flusher = new JournalFlusher(_clock);
        Should.Throw<JournalFaultedException>(() => JournalWriter.Open(flusher, _folder.Path, Header(), Start))
            .Message.ShouldContain(Path.Combine(_folder.Path, "journal"));
    }

    [Fact]
    public async Task A_session_whose_disk_stays_full_can_still_be_closed()
    {
        Mount("size=64k");
        File.WriteAllBytes(Path.Combine(_folder.Path, "ballast"), new byte[56 * 1024]);
        await using var flusher = new JournalFlusher(_clock, new JournalOptions { BlockBytes = 8 * 1024 });
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        var frame = new byte[20_000];
        new Random(1).NextBytes(frame);
        writer.AppendReceived(frame, Start, binary: true);
        await Should.ThrowAsync<JournalFaultedException>(() => writer.DisposeAsync().AsTask().WaitAsync(Patience));
        flusher.BacklogBytes.ShouldBe(0);
    }

    void Mount(string options)
    {
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", _folder.Path) != 0)
            Assert.Skip("needs the right to mount a small tmpfs");
        _isMounted = true;
    }

    void Mounted(string options) => Run("mount", "-o", options, _folder.Path).ShouldBe(0);

    static int Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
