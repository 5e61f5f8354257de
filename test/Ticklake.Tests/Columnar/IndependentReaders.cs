using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Ticklake.Tests.Columnar;

/// <summary>
/// Readers that share no code with ours: DuckDB, hyparquet, apache-arrow and Polars, run by Node from
/// <c>test/readers</c>. A cell is null or text: integers and timestamps (microseconds) in decimal, doubles as JavaScript
/// writes them (<see cref="Text"/>), booleans <c>true</c> and <c>false</c>. A test is skipped where the npm packages are
/// not installed.
/// </summary>
static class IndependentReaders
{
    /// <summary>The rows DuckDB answers with; files are named as <c>read_parquet('…')</c>.</summary>
    public static Task<IReadOnlyList<string?[]>> DuckDbAsync(string sql) => RunAsync("duckdb.mjs", sql);

    /// <summary>All rows of a Parquet file as hyparquet reads them.</summary>
    public static Task<IReadOnlyList<string?[]>> HyparquetAsync(string path) => RunAsync("hyparquet.mjs", path);

    /// <summary>The rows of a Parquet file from one on and before another, as hyparquet reads them.</summary>
    public static Task<IReadOnlyList<string?[]>> HyparquetAsync(string path, int first, int end) =>
        RunAsync("hyparquet.mjs", [path, Text(first), Text(end)], "hyparquet");

    /// <summary>Of each column of a Parquet file, as Polars reads it: name, rows, nulls, sum of its numbers.</summary>
    public static Task<IReadOnlyList<string?[]>> PolarsSumsAsync(string path) =>
        RunAsync("polars.mjs", [path, "sums"], "nodejs-polars-*");

    /// <summary>
    /// The pages that the indexes of a Parquet file name: row group, column, first row, null page, min, max, nulls.
    /// </summary>
    public static Task<IReadOnlyList<string?[]>> PageIndexAsync(string path) => RunAsync("pageindex.mjs", path);

    /// <summary>
    /// All rows of an Arrow file as apache-arrow reads them; with <c>write</c> of one it writes first, with <c>schema</c>
    /// its columns (name, type, nullable) and metadata (key, value, null).
    /// </summary>
    public static Task<IReadOnlyList<string?[]>> ArrowAsync(string path, params string[] mode) =>
        RunAsync("arrow.mjs", [path, .. mode], "apache-arrow");

    /// <summary>
    /// All rows of an Arrow file, or of one named <c>.parquet</c>, as Polars reads them; given a codec, of one it writes
    /// first.
    /// </summary>
    public static Task<IReadOnlyList<string?[]>> PolarsAsync(string path, params string[] codec) =>
        RunAsync("polars.mjs", [path, .. codec], "nodejs-polars-*");

    /// <summary>A double as all readers' cells write it.</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        var parts = Math.Abs(value).ToString("R", null).Split('E');
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        var exponent = parts[0].Split('.')[0].Length - 1 - zeros + (parts.Length > 1 ? int.Parse(parts[1], null) : 0);
        return (value < 0 ? "-" : "") + Place(digits.Trim('0'), exponent);
    }

    // ECMAScript, Number::toString: plain digits for exponents from -7 to 20, scientific outside.
    static string Place(string digits, int exponent) => exponent switch
    {
        > 20 or < -6 => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + "e"
            + (exponent > 0 ? "+" : "-") + Math.Abs(exponent),
        < 0 => "0." + new string('0', -exponent - 1) + digits,
        _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0'),
        _ => digits[..(exponent + 1)] + "." + digits[(exponent + 1)..],
    };

    static Task<IReadOnlyList<string?[]>> RunAsync(string script, string argument) =>
        RunAsync(script, [argument], "hyparquet");

    static async Task<IReadOnlyList<string?[]>> RunAsync(string script, string[] arguments, string package)
    {
        var folder = Folder();
        var packages = new DirectoryInfo(Path.Combine(folder, "node_modules"));
        if (!packages.Exists || packages.GetDirectories(package).Length == 0)
            Assert.Skip("The independent readers are not installed: npm install --prefix test/readers --no-save");
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(folder, script));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var rows = new List<string?[]>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            rows.Add(JsonSerializer.Deserialize<string?[]>(line)!);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{script} {string.Join(' ', arguments)}: {await errors}");
        // The first line names the columns.
        return rows[1..];
    }

    static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ticklake.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? ".", "test", "readers");
    }
}
