using System.Globalization;
using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Ticklake.Columnar.Parquet;

namespace Ticklake.Benchmarks.Columnar;

/// <summary>
/// Rows a second and bytes a row of our writers beside DuckDB's and Polars', on the same rows, in turn: processor time,
/// since other processes of the machine must not count. Medians.
/// </summary>
static class WriteCost
{
    const int Rounds = 7;
    const int WarmUps = 4;
    const int GroupRows = 1 << 18;

    public static void Run(TextWriter output, string fixtures)
    {
        var rows = DepthRows.TryLoad(fixtures);
        if (rows is null)
        {
            output.WriteLine("(absent: the depth recordings of Binance)");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("ticklake-bench-").FullName;
        try
        {
            Compare(output, rows, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Compare(TextWriter output, DepthRows rows, string folder)
    {
        var groups = rows.Cut(GroupRows);
        var own = Path.Combine(folder, "ticklake.parquet");
        WriteParquet(groups, own);
        List<Writer> writers =
        [
            new("Ticklake Parquet, zstd 3", () => Cpu(() => WriteParquet(groups, own)), own),
            new(
                "Ticklake Arrow, zstd 3",
                () => Cpu(() => WriteArrow(groups, Path.Combine(folder, "ticklake.arrow"))),
                Path.Combine(folder, "ticklake.arrow")),
        ];
        using var duckDb = Start(writers, "duckdb.mjs", own, Path.Combine(folder, "duckdb.parquet"), output);
        using var polars = Start(writers, "polars.mjs", own, Path.Combine(folder, "polars.parquet"), output);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            foreach (var writer in writers)
            {
                var seconds = writer.Write();
                if (round >= 0)
                    writer.Seconds.Add(seconds);
            }
        }

        Print(output, writers, rows.Count);
        ColumnSizes.Print(output, own);
    }

    static Peer? Start(List<Writer> writers, string script, string rows, string file, TextWriter output)
    {
        var peer = Peer.TryStart(script, rows, file);
        if (peer is null)
            output.WriteLine($"(absent: {script}; npm install --prefix test/readers --no-save)");
        else
            writers.Add(new Writer(peer.Name, peer.Write, file));
        return peer;
    }

    static void Print(TextWriter output, List<Writer> writers, int rows)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} rows of Binance depth, one core, processor time, medians of {Rounds}"));
        output.WriteLine("writer                            M rows/s   B/row  ours/its rows/s  ours/its bytes");
        var ours = writers[0];
        foreach (var writer in writers)
        {
            var bytes = (double)new FileInfo(writer.File).Length / rows;
            var ratio = (double)new FileInfo(ours.File).Length / new FileInfo(writer.File).Length;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{writer.Name,-32} {rows / writer.Median / 1e6,9:F2} {bytes,7:F3} {writer.Median / ours.Median,16:F2} "
                + $"{ratio,15:F2}"));
        }
    }

    static void WriteParquet(List<IReadOnlyList<IReadOnlyList<ColumnPart>>> groups, string path)
    {
        using var file = File.Create(path);
        using var writer = new ParquetWriter(file, DepthRows.Schema, new ParquetWriterOptions());
        foreach (var group in groups)
            writer.WriteRowGroup(group);
        writer.Finish([]);
    }

    static void WriteArrow(List<IReadOnlyList<IReadOnlyList<ColumnPart>>> groups, string path)
    {
        using var file = File.Create(path);
        using var writer = new ArrowWriter(file, DepthRows.Schema, new ArrowWriterOptions());
        foreach (var group in groups)
            writer.WriteRecordBatch(group);
        writer.Finish([]);
    }

    static double Cpu(Action work)
    {
        var start = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    sealed record Writer(string Name, Func<double> Write, string File)
    {
        public List<double> Seconds { get; } = [];

        public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);
    }
}
