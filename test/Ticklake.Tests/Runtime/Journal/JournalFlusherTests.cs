using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Xunit;
using static Ticklake.Tests.Runtime.Journal.JournalTestFolder;

namespace Ticklake.Tests.Runtime.Journal;

public sealed class JournalFlusherTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly JournalTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_million_lines_keep_their_order_while_blocks_are_handed_over()
    {
        const int lines = 1_000_000;
        await using var flusher = new JournalFlusher(TimeProvider.System, new JournalOptions
        {
            BlockBytes = 8 * 1024,
            HandOverAge = TimeSpan.Zero,
            BacklogBytes = long.MaxValue,
        });
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        var done = false;
        // Barriers from another thread make the flusher take the open block at any moment.
        var barriers = Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
                await writer.FlushAsync(toDisk: false);
        });
        var buffer = new byte[16];
        for (var i = 0; i < lines; i++)
        {
            i.TryFormat(buffer, out var length);
            writer.AppendReceived(buffer.AsSpan(0, length), Start).ShouldBe(i + 2);
        }

        Volatile.Write(ref done, true);
        await barriers.WaitAsync(Patience);
        await writer.DisposeAsync();
        using var reader = new JournalReader(_folder.FullPath(writer));
        reader.TryRead(out _).ShouldBeTrue();
        for (var i = 0; i < lines; i++)
        {
            if (!reader.TryRead(out var line) || line.LineNumber != i + 2 || int.Parse(line.Payload) != i)
                Assert.Fail($"line {i}: {line.LineNumber} {Encoding.UTF8.GetString(line.Payload)}");
        }

        reader.TryRead(out _).ShouldBeFalse();
        reader.End.ShouldBe(JournalEnd.Clean);
        flusher.BacklogBytes.ShouldBe(0);
    }

    [Fact]
    public async Task A_block_that_is_not_full_is_written_once_it_is_old_enough()
    {
        var clock = new ManualTimeProvider();
        await using var flusher = new JournalFlusher(clock);
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        await writer.FlushAsync(toDisk: false).WaitAsync(Patience);
        var path = _folder.FullPath(writer);
        var before = new FileInfo(path).Length;
        writer.AppendReceived("[1]"u8, Start);
        clock.Advance(TimeSpan.FromMilliseconds(40));
        new FileInfo(path).Length.ShouldBe(before);
        clock.Advance(TimeSpan.FromMilliseconds(40));
        await Until(() => new FileInfo(path).Length > before);
        ReadAll(path, out _).Count.ShouldBe(2);
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task A_barrier_waits_for_what_was_appended_before_it()
    {
        var clock = new ManualTimeProvider();
        await using var flusher = new JournalFlusher(clock);
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        for (var i = 0; i < 300; i++)
        {
            var line = writer.AppendReceived("[1]"u8, Start);
            await writer.FlushAsync(toDisk: i % 10 == 0).WaitAsync(Patience);
            if (i % 30 == 0)
                ReadAll(_folder.FullPath(writer), out _).Count.ShouldBe((int)line);
        }

        await writer.DisposeAsync();
        await writer.FlushAsync(toDisk: true).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_rotated_file_begins_with_what_its_decoder_needs()
    {
        await using var flusher = new JournalFlusher(
            new ManualTimeProvider(), new JournalOptions { RotateBytes = 300, RotateAge = TimeSpan.FromHours(1) });
        var writer = JournalWriter.Open(flusher, _folder.Path, Header() with { Flags = 65536 }, Start);
        writer.NeedsRotation(Start + TimeSpan.FromMinutes(59)).ShouldBeFalse();
        writer.NeedsRotation(Start + TimeSpan.FromMinutes(61)).ShouldBeTrue();
        var random = new byte[3000];
        new Random(2).NextBytes(random);
        writer.AppendReceived(random, Start, binary: true);
        await writer.FlushAsync(toDisk: false);
        writer.NeedsRotation(Start).ShouldBeTrue();
        var first = writer.RelativePath;
        // The clock went backwards: the names must rise all the same.
        writer.Rotate(Start + TimeSpan.FromHours(-1), [
            new DecoderContext("{\"event\":\"subscribed\"}"u8.ToArray(), true), new DecoderContext("x\ny"u8.ToArray(), false)]);
        writer.LastLine.ShouldBe(3);
        writer.AppendReceived("[1]"u8, Start).ShouldBe(4);
        string.CompareOrdinal(writer.RelativePath, first).ShouldBeGreaterThan(0);
        await writer.DisposeAsync();

        var session = JournalFolder.Sessions(_folder.Path).Single();
        session.Files.Select(x => (x.RelativePath, x.Header.Part)).ShouldBe([(first, 1), (writer.RelativePath, 2)]);
        session.Files[1].Header.After.ShouldBe(Path.GetFileName(first));
        session.Files[1].Header.Flags.ShouldBe(65536);
        ReadAll(session.Files[0].FullPath, out _)[^1].Occurrence.ShouldBe("rotate");
        using var reader = new JournalReader(session.Files[1].FullPath);
        reader.TryRead(out var line);
        JournalContext.TryRead(line, out _).ShouldBeFalse();
        reader.TryRead(out line);
        JournalContext.TryRead(line, out var context).ShouldBeTrue();
        (Encoding.UTF8.GetString(context.Frame), context.HasData).ShouldBe(("{\"event\":\"subscribed\"}", true));
        reader.TryRead(out line);
        JournalContext.TryRead(line, out context).ShouldBeTrue();
        (Encoding.UTF8.GetString(context.Frame), context.HasData).ShouldBe(("x\ny", false));
    }

    [Fact]
    public async Task Sessions_come_in_the_order_of_their_beginnings()
    {
        await using var flusher = new JournalFlusher(new ManualTimeProvider());
        foreach (var (name, age) in new[] { ("b", 2), ("a", 3), ("c", 1) })
        {
            var header = Header(name) with { Imported = new JournalImport("lines", ["x.gz"], true), Follows = "z" };
            await JournalWriter.Open(flusher, _folder.Path, header, Start + TimeSpan.FromSeconds(-age)).DisposeAsync();
        }

        File.WriteAllText(Path.Combine(_folder.Path, "journal", "empty.jsonl.zst"), "");
        var sessions = JournalFolder.Sessions(_folder.Path);
        sessions.Select(x => x.ConnId).ShouldBe(["a", "b", "c"]);
        var imported = sessions[0].Header.Imported!;
        (imported.Format, imported.Files.Single(), imported.SyntheticTimes).ShouldBe(("lines", "x.gz", true));
        sessions[0].Header.Follows.ShouldBe("z");
    }

    [Fact]
    public async Task Two_sessions_of_one_name_and_time_do_not_share_a_file()
    {
        await using var flusher = new JournalFlusher(new ManualTimeProvider());
        await using var one = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        await using var two = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        two.RelativePath.ShouldNotBe(one.RelativePath);
    }

    [Fact]
    public async Task Appending_allocates_nothing()
    {
        await using var flusher = new JournalFlusher(new ManualTimeProvider());
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        var binary = new byte[100];
        for (var i = 0; i < 20_000; i++)
            Append();
        await writer.FlushAsync(toDisk: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20_000; i++)
            Append();
        // Blocks come from a pool: only where the disk was slower than this loop is one made.
        ((GC.GetAllocatedBytesForCurrentThread() - before) / (256.0 * 1024)).ShouldBeLessThan(40);
        await writer.FlushAsync(toDisk: false);
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Append();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        await writer.DisposeAsync();

        void Append()
        {
            writer.AppendReceived("[5262,\"te\",[310628121,1542045947738,0.00265425,6443.1]]"u8, Start);
            writer.AppendReceived("no JSON"u8, Start);
            writer.AppendReceived(binary, Start, binary: true);
            writer.AppendAnswer("/api/v3/depth"u8, 200, "{}"u8, Start);
        }
    }

    static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
