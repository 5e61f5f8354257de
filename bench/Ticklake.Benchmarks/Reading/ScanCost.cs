using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;

namespace Ticklake.Benchmarks.Reading;

/// <summary>
/// What a scan of three columns of ten million rows costs, ours and that of one DuckDB thread: the least processor time
/// of several rounds in one run, because the machine is shared.
/// </summary>
static class ScanCost
{
    const int Rounds = 9;

    /// <param name="output">Takes the table.</param>
    /// <param name="readers">The folder of the independent readers, with their npm packages.</param>
    /// <param name="rows">How many rows.</param>
    /// <returns>Whether the answers were equal.</returns>
    internal static async Task<bool> RunAsync(TextWriter output, string readers, int rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ticklake-scan-{Environment.ProcessId}.parquet");
        try
        {
            BookRows.Write(path, rows);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"sum(price), sum(amount), max(recv_ts) of {rows:N0} rows, "
                + $"{new FileInfo(path).Length / (double)rows:F2} B/row"));
            output.WriteLine("reader                  processor ms  elapsed ms  million rows/s");
            await WarmUpAsync(path);
            var own = Own(path);
            Report(output, "Ticklake", rows, own);
            var checking = Own(path, new ParquetReaderOptions { VerifiesChecksums = false });
            Report(output, "Ticklake, no checksums", rows, checking);
            var duck = await DuckDbAsync(path, readers);
            Report(output, "DuckDB, one thread", rows, duck);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Ticklake / DuckDB: {duck.Processor / own.Processor:F2} x the rows/s"));
            var isSame = IsSame(own.Answer, duck.Answer);
            if (!isSame)
                output.WriteLine($"The answers differ: {own.Answer}, {duck.Answer}");
            return isSame;
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The compiler in the background shares the one core that is measured, and replaces a method only after a pause.
    static async Task WarmUpAsync(string path)
    {
        for (var i = 0; i < Rounds; i++)
        {
            ScanOnce(path, options: null);
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    static Scan Own(string path, ParquetReaderOptions? options = null)
    {
        var best = default(Scan);
        for (var i = 0; i < Rounds; i++)
        {
            var (start, begun) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var answer = ScanOnce(path, options);
            var elapsed = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            var processor = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
            if (best.Answer is null || processor < best.Processor)
                best = new Scan(answer, processor, elapsed);
        }

        return best;
    }

    static string ScanOnce(string path, ParquetReaderOptions? options)
    {
        using var reader = new ParquetReader(File.OpenRead(path), options);
        var (price, amount, time) =
            (reader.ColumnIndex("price"), reader.ColumnIndex("amount"), reader.ColumnIndex("recv_ts"));
        var (prices, amounts, latest) = (0.0, 0.0, long.MinValue);
        ColumnValues? numbers = null, times = null;
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            numbers = reader.ReadColumn(group, price, numbers);
            prices += Sum(((FixedValues<double>)numbers).Values);
            numbers = reader.ReadColumn(group, amount, numbers);
            amounts += Sum(((FixedValues<double>)numbers).Values);
            times = reader.ReadColumn(group, time, times);
            latest = Math.Max(latest, Max(((FixedValues<long>)times).Values));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{prices:R} {amounts:R} {latest}");
    }

    static double Sum(ReadOnlySpan<double> values)
    {
        var sums = Vector<double>.Zero;
        for (; values.Length >= Vector<double>.Count; values = values[Vector<double>.Count..])
            sums += new Vector<double>(values);
        var sum = Vector.Sum(sums);
        foreach (var value in values)
            sum += value;
        return sum;
    }

    static long Max(ReadOnlySpan<long> values)
    {
        var greatest = new Vector<long>(long.MinValue);
        for (; values.Length >= Vector<long>.Count; values = values[Vector<long>.Count..])
            greatest = Vector.Max(greatest, new Vector<long>(values));
        var most = long.MinValue;
        for (var i = 0; i < Vector<long>.Count; i++)
            most = Math.Max(most, greatest[i]);
        foreach (var value in values)
            most = Math.Max(most, value);
        return most;
    }

    static async Task<Scan> DuckDbAsync(string path, string readers)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(readers, "scan.mjs"));
        start.ArgumentList.Add($"SELECT sum(price), sum(amount), epoch_us(max(recv_ts)) FROM read_parquet('{path}')");
        start.ArgumentList.Add(Rounds.ToString(CultureInfo.InvariantCulture));
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync();
        var cells = JsonSerializer.Deserialize<string[]>(await process.StandardOutput.ReadLineAsync() ?? "[]")!;
        await process.WaitForExitAsync();
        return new Scan(
            cells[0],
            double.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[2], CultureInfo.InvariantCulture));
    }

    // Sums of doubles depend on the order of adding, in their last digits.
    static bool IsSame(string left, string right) => left.Split(' ').Zip(right.Split(' ')).All(pair =>
        double.Parse(pair.First, CultureInfo.InvariantCulture) is var a
        && Math.Abs(a - double.Parse(pair.Second, CultureInfo.InvariantCulture)) <= Math.Abs(a) * 1e-9);

    static void Report(TextWriter output, string name, int rows, in Scan scan) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-24} {scan.Processor,11:F0} {scan.Elapsed,11:F0} {rows / scan.Processor / 1000,15:F1}"));

    readonly record struct Scan(string Answer, double Processor, double Elapsed);
}
