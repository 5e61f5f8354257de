using System.Text.Json;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Pipeline;
using Ticklake.Tests.Exchanges;
using Ticklake.Tests.Fixtures;
using Xunit;
using static Ticklake.Tests.Runtime.Pipeline.DamagedRecording;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>
/// One thing is damaged in a real recording: it is found at the first line where it can be found, and nothing else is.
/// </summary>
public sealed class DamagedRecordingTests
{
    static readonly MarketId Bitfinex = new("bitfinex", "spot");
    static readonly MarketId Binance = new("binance", "spot");

    const int Seed = 20250117;

    [Theory]
    [InlineData("none")]
    [InlineData("drop")]
    [InlineData("double")]
    [InlineData("swap")]
    [InlineData("tear")]
    [InlineData("join")]
    public async Task A_counted_connection_shows_every_lost_frame_for_every_open_stream(string damage)
    {
        var lines = Recordings.ReadText("bitfinex/cryptofeed_seq65536_20210417.jsonl").Split('\n');
        var frames = lines.Select(CountedFrame.Parse).ToList();
        var streams = new List<string>();
        var recording = new DamagedRecording(RecordingFormat.Cryptofeed, Bitfinex);
        var random = new Random(Seed);
        for (var round = 0; round < 8; round++)
        {
            int at;
            do
                at = random.Next(200, lines.Length - 10);
            while (frames[at].Seq < 0 || frames[at + 1].Seq < 0 || frames[at + 2].Seq < 0);
            streams = [.. frames.Take(at + 1).Where(x => x.Opened is not null).Select(x => x.Opened!)];
            string EachStream(int line) => string.Join('\n', streams.Select(x => $"gap {line} {x}"));
            var (changed, expected) = damage switch
            {
                "none" => (lines.ToList(), ""),
                "drop" => (Without(lines, at), EachStream(at + 1)),
                "double" => (Twice(lines, at), $"duplicate {at + 2} {frames[at].Stream}"),
                "swap" => (Swapped(lines, at), $"{EachStream(at + 1)}\nout_of_order {at + 2} {frames[at].Stream}"),
                "tear" => (With(lines, at, Tear(lines[at])), $"quarantined {at + 1}\n{EachStream(at + 2)}"),
                _ => (Without(With(lines, at, Join(lines[at], lines[at + 1])), at + 1),
                    $"quarantined {at + 1}\n{EachStream(at + 2)}"),
            };
            Describe(await recording.GapsAsync(changed)).ShouldBe(expected, $"{damage} at line {at + 1}, seed {Seed}");
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("drop")]
    [InlineData("double")]
    [InlineData("swap")]
    [InlineData("tear")]
    [InlineData("join")]
    public async Task Chained_ids_show_a_lost_frame_of_their_own_stream(string damage)
    {
        var lines = Recordings.ReadText("binance_spot/hftbacktest_spot_btcusdt_20240808.gz").Split('\n').Take(5000).ToArray();
        var streams = lines.Select(x => x.Contains("@depth", StringComparison.Ordinal) ? "books"
            : x.Contains("@trade", StringComparison.Ordinal) ? "trades"
            : x.Contains("@bookTicker", StringComparison.Ordinal) ? "book_ticker" : "answer").ToArray();
        var firstBook = Array.IndexOf(streams, "answer") + 200;
        var recording = new DamagedRecording(RecordingFormat.Hftbacktest, Binance);
        var random = new Random(Seed);
        for (var round = 0; round < 12; round++)
        {
            int at;
            do
                at = random.Next(firstBook, lines.Length - 600);
            while (round % 3 == 0 ? streams[at] != "books" : round % 3 == 1 && streams[at] != "trades");
            var own = streams[at];
            string GapAfter(int index, int shift, string of)
            {
                var next = Array.IndexOf(streams, of, index + 1);
                return of == "book_ticker" ? "" : $"gap {next + 1 + shift} {of} BTCUSDT";
            }

            var (changed, expected) = damage switch
            {
                "none" => (lines.ToList(), ""),
                "drop" => (Without(lines, at), GapAfter(at, -1, own)),
                "double" => (Twice(lines, at), $"duplicate {at + 2} {own} BTCUSDT"),
                "swap" => (Swapped(lines, at), own != streams[at + 1] ? ""
                    : own == "book_ticker" ? $"out_of_order {at + 2} book_ticker BTCUSDT"
                    : $"gap {at + 1} {own} BTCUSDT\nout_of_order {at + 2} {own} BTCUSDT"),
                "tear" => (With(lines, at, lines[at][..(lines[at].Length * 2 / 3)]),
                    $"quarantined {at + 1}\n{GapAfter(at, 0, own)}".TrimEnd()),
                _ => (Without(With(lines, at, lines[at] + lines[at + 1][(lines[at + 1].IndexOf(' ') + 1)..]), at + 1),
                    $"quarantined {at + 1}\n" + string.Join('\n', new[] { own, streams[at + 1] }.Distinct()
                        .Select(x => (At: Array.IndexOf(streams, x, at + 2), Text: GapAfter(at + 1, -1, x)))
                        .Where(x => x.Text.Length > 0).OrderBy(x => x.At).Select(x => x.Text))),
            };
            Describe(await recording.GapsAsync(changed)).ShouldBe(
                expected.TrimEnd(), $"{damage} of {own} at line {at + 1}, seed {Seed}");
        }
    }

    [Fact]
    public async Task A_doubled_snapshot_answer_changes_nothing()
    {
        var lines = Recordings.ReadText("binance_spot/hftbacktest_spot_btcusdt_20240808.gz").Split('\n').Take(2000).ToArray();
        var at = Array.FindIndex(lines, x => x.Contains("{\"lastUpdateId\"", StringComparison.Ordinal));
        var recording = new DamagedRecording(RecordingFormat.Hftbacktest, Binance);
        Describe(await recording.GapsAsync(Twice(lines, at))).ShouldBe("");
        Describe(await recording.GapsAsync([.. lines.Take(at + 300), lines[at], .. lines.Skip(at + 300)])).ShouldBe("");
        Describe(await recording.GapsAsync(Swapped(lines, at))).ShouldBe("");
    }

    [Fact]
    public async Task A_flipped_checksum_and_what_it_covers_are_found_at_the_checksum()
    {
        var lines = RecordedFrames.Lines("bitfinex/checksum_vector_1.jsonl");
        var recording = new DamagedRecording(RecordingFormat.Lines, Bitfinex) { ConfFlags = 131072 };
        Describe(await recording.GapsAsync(lines)).ShouldBe("");
        var flipped = lines[5].Replace("-117", "-118", StringComparison.Ordinal);
        Describe(await recording.GapsAsync(With(lines, 5, flipped))).ShouldBe("checksum_mismatch 6 books_len25 tXRPBTC");
        Describe(await recording.GapsAsync(Without(lines, 4))).ShouldBe("checksum_mismatch 5 books_len25 tXRPBTC");
        Describe(await recording.GapsAsync(Without(lines, 3))).ShouldBe("gap 4 books_len25 tXRPBTC");
        Describe(await recording.GapsAsync(Twice(lines, 4))).ShouldBe("duplicate 6 books_len25 tXRPBTC");
        Describe(await recording.GapsAsync(With(lines, 4, lines[4][..^5]))).ShouldBe(
            "quarantined 5\nchecksum_mismatch 6 books_len25 tXRPBTC");
        Describe(await recording.GapsAsync([.. lines, flipped, lines[5]])).ShouldBe("checksum_mismatch 7 books_len25 tXRPBTC");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("drop")]
    [InlineData("double")]
    [InlineData("tear")]
    [InlineData("join")]
    public async Task An_uncounted_book_shows_a_lost_frame_as_soon_as_its_levels_do(string damage)
    {
        var lines = Recordings.ReadText("bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz").Split(";;", 20_001)[..20_000];
        var recording = new DamagedRecording(RecordingFormat.Lines, Bitfinex, ";;");
        var random = new Random(Seed);
        for (var round = 0; round < 8; round++)
        {
            int at;
            do
                at = random.Next(20, 15_000);
            while (lines[at].Contains("hb", StringComparison.Ordinal) || lines[at + 1].Contains("hb", StringComparison.Ordinal));
            var changed = damage switch
            {
                "none" => lines.ToList(),
                "drop" => Without(lines, at),
                "double" => Twice(lines, at),
                "tear" => With(lines, at, lines[at][..(lines[at].Length * 2 / 3)]),
                _ => Without(With(lines, at, lines[at] + lines[at + 1]), at + 1),
            };
            Describe(await recording.GapsAsync(changed)).ShouldBe(
                Describe(LevelWitness.Findings(changed)), $"{damage} at message {at + 1}: {lines[at]}, seed {Seed}");
        }
    }

    static string Describe(IEnumerable<string> findings) => string.Join('\n', findings);

    static string Describe(IEnumerable<IntegrityEvent> found) => DamagedRecording.Describe(found);

    static string Tear(string line)
    {
        var start = line.IndexOf("\"data\":\"", StringComparison.Ordinal) + 8;
        return line[..(start + ((line.Length - 2 - start) / 2))].TrimEnd('\\') + "\"}";
    }

    static string Join(string line, string next)
    {
        var start = next.IndexOf("\"data\":\"", StringComparison.Ordinal) + 8;
        return line[..^2] + next[start..];
    }

    sealed record CountedFrame(long Seq, string? Stream, string? Opened)
    {
        static readonly Dictionary<long, string> Channels = [];

        public static CountedFrame Parse(string line)
        {
            if (line.Length == 0)
                return new CountedFrame(-1, null, null);
            using var row = JsonDocument.Parse(line);
            if (row.RootElement.GetProperty("t").GetString() != "recv")
                return new CountedFrame(-1, null, null);
            using var frame = JsonDocument.Parse(row.RootElement.GetProperty("data").GetString()!);
            var root = frame.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
                return new CountedFrame(root[root.GetArrayLength() - 1].GetInt64(), Channels.GetValueOrDefault(root[0].GetInt64()), null);
            if (root.GetProperty("event").GetString() != "subscribed")
                return new CountedFrame(-1, null, null);
            var channel = root.GetProperty("channel").GetString() switch
            {
                "book" => "books_len100",
                var other => other!,
            };
            var name = $"{channel} {root.GetProperty("symbol").GetString()}";
            Channels[root.GetProperty("chanId").GetInt64()] = name;
            return new CountedFrame(-1, null, name);
        }
    }
}
