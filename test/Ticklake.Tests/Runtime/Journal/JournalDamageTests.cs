using System.Text;
using Shouldly;
using Ticklake.Runtime.Journal;
using Xunit;
using static Ticklake.Tests.Runtime.Journal.JournalTestFolder;

namespace Ticklake.Tests.Runtime.Journal;

public sealed class JournalDamageTests : IDisposable
{
    readonly JournalTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_cut_at_any_byte_of_its_last_block_keeps_all_before()
    {
        var (bytes, starts) = await WriteAsync(lines: 60);
        var last = starts[^1];
        var whole = Read(bytes, out _).Count;
        var before = Read(bytes[..last], out var end).Count;
        end.ShouldBe(JournalEnd.Clean);
        before.ShouldBeLessThan(whole);
        for (var cut = last + 1; cut < bytes.Length; cut++)
        {
            var lines = Read(bytes[..cut], out end);
            end.ShouldBe(JournalEnd.TornTail, $"cut at {cut - last}");
            lines.Count.ShouldBe(before);
        }
    }

    [Fact]
    public async Task A_tail_of_zeros_is_a_torn_tail()
    {
        var (bytes, _) = await WriteAsync(lines: 60);
        var whole = Read(bytes, out _).Count;
        Read([.. bytes, .. new byte[5000]], out var end).Count.ShouldBe(whole);
        end.ShouldBe(JournalEnd.TornTail);
    }

    [Fact]
    public async Task A_flipped_bit_costs_at_most_its_block_and_the_other_lines_keep_their_numbers()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (bytes, starts) = await WriteAsync(lines: 400);
        var whole = Read(bytes, out _).ToDictionary(x => x.Number);
        for (var round = 0; round < 300; round++)
        {
            var at = random.Next(bytes.Length);
            var flipped = bytes.ToArray();
            flipped[at] ^= (byte)(1 << random.Next(8));
            var lines = Read(flipped, out var end, out var damages);
            var hint = $"seed {seed}, round {round}, byte {at}";
            if (end == JournalEnd.Clean)
            {
                // zstd ignores a bit or two of its frame header: nothing is lost, nothing is said.
                lines.Count.ShouldBe(whole.Count, hint);
                continue;
            }

            end.ShouldBe(JournalEnd.Damaged, hint);
            damages.Count.ShouldBe(1, hint);
            var block = starts.FindLast(x => x <= at);
            damages[0].Offset.ShouldBe(block, hint);
            lines.TrueForAll(x => whole[x.Number].Text == x.Text).ShouldBeTrue(hint);
            (whole.Count - lines.Count).ShouldBeLessThanOrEqualTo(40, hint);
        }
    }

    [Fact]
    public async Task Garbage_between_blocks_is_passed_over()
    {
        var (bytes, starts) = await WriteAsync(lines: 100);
        var garbage = new byte[3000];
        new Random(3).NextBytes(garbage);
        var whole = Read(bytes, out _);
        byte[] broken = [.. bytes[..starts[1]], .. garbage, .. bytes[starts[1]..]];
        var lines = Read(broken, out var end, out var damages);
        end.ShouldBe(JournalEnd.Damaged);
        var before = BitConverter.ToInt64(bytes, starts[1] + 8) - 1;
        damages.Single().ShouldBe(new JournalDamage(starts[1], 3000, before));
        lines.Select(x => (x.Number, x.Text)).ShouldBe(whole.Select(x => (x.Number, x.Text)));
    }

    [Fact]
    public void Random_bytes_are_no_journal_and_do_no_harm()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            if (bytes.Length > 40 && round % 3 == 0)
                new byte[] { 0x28, 0xB5, 0x2F, 0xFD }.CopyTo(bytes, 0);
            if (bytes.Length > 40 && round % 3 == 1)
                new byte[] { 0x5B, 0x2A, 0x4D, 0x18, 24, 0, 0, 0 }.CopyTo(bytes, 0);
            Read(bytes, out _).ShouldBeEmpty($"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task A_live_file_can_be_followed()
    {
        await using var flusher = new JournalFlusher(TimeProvider.System);
        var writer = JournalWriter.Open(flusher, _folder.Path, Header("live"), Start);
        await writer.FlushAsync(toDisk: false);
        using var reader = new JournalReader(_folder.FullPath(writer));
        ReadAll(reader).Count.ShouldBe(1);
        for (var i = 0; i < 5; i++)
        {
            writer.AppendReceived("[1]"u8, Start);
            await writer.FlushAsync(toDisk: false);
            ReadAll(reader).Single().Number.ShouldBe(2 + i);
            reader.End.ShouldBe(JournalEnd.Clean);
        }

        await writer.DisposeAsync();
    }

    /// <summary>A journal of several small blocks, and where each begins.</summary>
    async Task<(byte[] Bytes, List<int> Starts)> WriteAsync(int lines)
    {
        await using var flusher = JournalFlusher.Synchronous(
            TimeProvider.System, new JournalOptions { BlockBytes = 1024 });
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start, replace: true);
        for (var i = 0; i < lines; i++)
            writer.AppendReceived(Encoding.UTF8.GetBytes($"[5262,\"te\",[{i},1542045947738,0.0026,{6443 + i}]]"), Start);
        await writer.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(_folder.FullPath(writer));
        var starts = new List<int>();
        for (var at = 0; at < bytes.Length; at += 32 + BitConverter.ToInt32(bytes, at + 24))
            starts.Add(at);
        return (bytes, starts);
    }

    List<ReadLine> Read(byte[] bytes, out JournalEnd end) => Read(bytes, out end, out _);

    List<ReadLine> Read(byte[] bytes, out JournalEnd end, out IReadOnlyList<JournalDamage> damages)
    {
        var path = Path.Combine(_folder.Path, "damaged.jsonl.zst");
        File.WriteAllBytes(path, bytes);
        using var reader = new JournalReader(path);
        var lines = ReadAll(reader);
        end = reader.End;
        damages = reader.Damages;
        return lines;
    }
}
