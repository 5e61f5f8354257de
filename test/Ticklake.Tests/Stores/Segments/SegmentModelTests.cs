using System.Security.Cryptography;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

/// <summary>
/// Random frames of three streams in random batches, the power cut or the process killed at a random call of the disk,
/// over and over, against the plain list of frames.
/// </summary>
public sealed class SegmentModelTests
{
    const int Frames = 300;
    const int Seeds = 60;

    static readonly StreamKey[] Streams =
        [SampleRows.Trades, SampleRows.Stream(Channel.Trades, "tETHUSD"), SampleRows.Stream(Channel.Trades, "fUSD")];

    public static TheoryData<string> Layouts => [.. SegmentLayout.All.Select(layout => layout.Name)];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task After_any_crashes_every_frame_of_the_journal_is_sealed_exactly_once(string layout)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                await new Run(seed, SegmentLayout.Find(layout)!).ToTheEndAsync();
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}", fault);
            }
        }
    }

    readonly record struct Frame(long Line, StreamKey Stream, int Rows, long RecvUs);

    sealed class Run
    {
        readonly Random _random;
        readonly SegmentRig _rig;
        readonly Frame[] _frames;

        // Lines that have reached the journal's disk, and lines written to it at all.
        long _journalSynced;
        long _journalWritten;

        public Run(int seed, SegmentLayout layout)
        {
            _random = new Random(seed);
            var recv = SampleRows.Morning + (50 * 60_000_000L);
            _frames = new Frame[Frames];
            for (var i = 0; i < Frames; i++)
            {
                // Hours pass, and now and then the clock steps back.
                recv += _random.Next(40) == 0
                    ? -_random.NextInt64(2 * SampleRows.Hour)
                    : _random.NextInt64(120_000_000);
                _frames[i] = new Frame(i + 1, Streams[_random.Next(Streams.Length)], 1 + _random.Next(4), recv);
            }

            _rig = new SegmentRig(new SegmentOptions
            {
                Layout = layout,
                Format = SegmentFormat.All[seed % SegmentFormat.All.Count],
                Rotate = TimeSpan.FromHours(1 + _random.Next(24)),
                RowGroupRows = 1 + _random.Next(60),
                MaxBytes = _random.Next(2) == 0 ? 20_000 : long.MaxValue,
                HeldRows = _random.Next(3) == 0 ? 600 : 1 << 19,
            })
            {
                Barrier = (_, line) =>
                {
                    _journalSynced = Math.Max(_journalSynced, line);
                    return ValueTask.CompletedTask;
                },
            };
        }

        public async Task ToTheEndAsync()
        {
            var isDone = false;
            for (var life = 0; !isDone; life++)
            {
                _rig.Disk.CutAt = life < 6 ? _rig.Disk.Calls + 1 + _random.Next(400) : int.MaxValue;
                _rig.Disk.Fails = life is 2 or 4 ? (_, _) => _random.Next(80) == 0 : static (_, _) => false;
                try
                {
                    await LiveAsync();
                    isDone = true;
                }
                catch (Exception end) when (end is PowerCutException or IOException)
                {
                    Crash();
                }

                CheckSealed();
            }

            foreach (var stream in Streams)
            {
                var lines = _frames.Where(frame => frame.Stream == stream).Select(frame => frame.Line);
                SealedLines(stream).Order().ShouldBe(lines);
                StoredIds(stream).Order().ShouldBe(_frames.Where(frame => frame.Stream == stream)
                    .SelectMany(frame => Enumerable.Range(0, frame.Rows)
                        .Select(row => new RowStamp(0, frame.Line, row).IngestId)));
            }
        }

        /// <summary>What the files themselves hold.</summary>
        IEnumerable<long> StoredIds(StreamKey stream)
        {
            foreach (var entry in _rig.Catalog.Manifests().Where(entry => entry.Stream == stream))
            {
                var bytes = _rig.Disk.Read($"{SegmentRig.Folder}/{entry.FilePath}");
                using TableReader reader = SegmentFormat.OfName(entry.FilePath) == SegmentFormat.Arrow
                    ? new ArrowReader(new MemoryStream(bytes))
                    : SegmentFormat.OfName(entry.FilePath) == SegmentFormat.Csv
                        ? new CsvReader(new MemoryStream(bytes))
                        : new ParquetReader(new MemoryStream(bytes));
                for (var group = 0; group < reader.GroupRows.Count; group++)
                {
                    var ids = reader.Read(group)["ingest_id"];
                    for (var row = 0; row < ids.Count; row++)
                        yield return (long)ids[row]!;
                }
            }
        }

        /// <summary>
        /// One life of the process: put right, derive again what is not sealed, then go on to the end.
        /// </summary>
        async Task LiveAsync()
        {
            _rig.Restart();
            var batches = Streams.ToDictionary(stream => stream, Rent);
            var skipped = new HashSet<StreamKey>();
            foreach (var frame in _frames)
            {
                _journalWritten = Math.Max(_journalWritten, frame.Line);
                if (_rig.Catalog.Coverage(SampleRows.Journal, frame.Stream).Any(range => range.Contains(frame.Line)))
                {
                    skipped.Add(frame.Stream);
                    continue;
                }

                var batch = batches[frame.Stream];
                // What is skipped for being sealed already must not look covered by the next range.
                if ((skipped.Remove(frame.Stream) && batch.Count > 0) || _random.Next(12) == 0)
                {
                    await _rig.Store.AppendAsync(batch);
                    batches[frame.Stream] = batch = Rent(frame.Stream);
                }

                for (var row = 0; row < frame.Rows; row++)
                    batch.Add(new RowStamp(frame.RecvUs, frame.Line, row), SampleRows.Trade(frame.Line));
                if (_random.Next(60) == 0)
                    ThrowIfLost(await _rig.Store.SealAllAsync(EndReasons.Flush));
                if (_random.Next(30) == 0)
                    ThrowIfLost(_rig.Store.FlushRowGroups(TimeSpan.Zero));
            }

            foreach (var batch in batches.Values)
                await _rig.Store.AppendAsync(batch);
            ThrowIfLost(await _rig.Store.SealAllAsync(EndReasons.Shutdown));
        }

        static void ThrowIfLost(IReadOnlyList<SegmentLostException> lost)
        {
            if (lost.Count > 0)
                throw lost[0];
        }

        TradeRows Rent(StreamKey stream)
        {
            var batch = SampleRows.TradeBatch(_rig.Pool, stream);
            batch.StartsRange = true;
            return batch;
        }

        void Crash()
        {
            if (_random.Next(2) == 0)
            {
                _rig.Disk.RestartProcess();
                return;
            }

            _rig.Disk.Restart(_random);
            _journalWritten = _random.NextInt64(_journalSynced, _journalWritten + 1);
        }

        void CheckSealed()
        {
            foreach (var entry in _rig.Catalog.Manifests())
            {
                var bytes = _rig.Disk.Read($"{SegmentRig.Folder}/{entry.FilePath}");
                entry.Manifest.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)), entry.Path);
                entry.Manifest.Journal.Max(range => range.LastLine).ShouldBeLessThanOrEqualTo(_journalWritten);
                entry.Manifest.Rows.ShouldBe(
                    entry.Manifest.Journal.SelectMany(range => FramesOf(entry.Stream, range)).Sum(frame => frame.Rows));
            }

            foreach (var stream in Streams)
                SealedLines(stream).ShouldBeUnique();
        }

        IEnumerable<long> SealedLines(StreamKey stream) => _rig.Catalog.Manifests()
            .Where(entry => entry.Stream == stream)
            .SelectMany(entry => entry.Manifest.Journal)
            .SelectMany(range => FramesOf(stream, range))
            .Select(frame => frame.Line);

        IEnumerable<Frame> FramesOf(StreamKey stream, JournalRange range) => _frames.Where(
            frame => frame.Stream == stream && frame.Line >= range.FirstLine && frame.Line <= range.LastLine);
    }
}
