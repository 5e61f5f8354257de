using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Ticklake.Columnar;
using Ticklake.Runtime.Viewing;

namespace Ticklake.Runtime.Sql;

/// <summary>
/// Asks DuckDB, in a process of its own. What the user wrote reaches it as data, never through a shell. One thread.
/// </summary>
public sealed class LakeQuery(DuckDb duckDb, LakeViews views)
{
    /// <summary>Runs statements; the rows of the last one go to <paramref name="output"/>.</summary>
    /// <param name="sql">One statement or several.</param>
    /// <param name="form">How rows are printed.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancel">Ends DuckDB.</param>
    /// <returns>What DuckDB complained of, or null.</returns>
    public async Task<string?> RunAsync(string sql, RowForm form, TextWriter output, CancellationToken cancel)
    {
        using var process = Process.Start(Command(form))!;
        using var end = cancel.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var asking = AskAsync(process, sql);
        if (duckDb.Folder is null)
            await CopyAsync(process.StandardOutput, output).ConfigureAwait(false);
        else
            Print(process.StandardOutput, form, output);
        await asking.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        var fault = (await errors.ConfigureAwait(false)).Trim();
        return process.ExitCode == 0 ? null : fault.Length > 0 ? fault : $"DuckDB ended with exit code {process.ExitCode}.";
    }

    ProcessStartInfo Command(RowForm form)
    {
        var start = new ProcessStartInfo(duckDb.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        string[] arguments = duckDb.Folder is null
            ? ["-bail", form switch { RowForm.Csv => "-csv", RowForm.Json => "-jsonlines", _ => "-column" }, ":memory:"]
            : ["--input-type=module", "--eval", Script()];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (duckDb.Folder is { } folder)
            start.Environment["TICKLAKE_DUCKDB_FOLDER"] = folder;
        return start;
    }

    async Task AskAsync(Process process, string sql)
    {
        try
        {
            var input = process.StandardInput;
            await using (input.ConfigureAwait(false))
            {
                if (duckDb.Folder is null)
                    await input.WriteAsync($"SET TimeZone = 'UTC';\n{views.Statements}{sql.TrimEnd().TrimEnd(';')};\n").ConfigureAwait(false);
                else
                    await input.WriteAsync(JsonSerializer.Serialize(new { views = views.Statements, sql })).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // It ended before it had read everything, and says why.
        }
    }

    static async Task CopyAsync(StreamReader from, TextWriter to)
    {
        var buffer = new char[1 << 14];
        for (int read; (read = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            await to.WriteAsync(buffer.AsMemory(0, read)).ConfigureAwait(false);
    }

    // The first line names the columns with their kinds, each further one is a row of texts and nulls.
    static void Print(StreamReader lines, RowForm form, TextWriter output)
    {
        if (lines.ReadLine() is not { } head)
            return;
        var columns = JsonSerializer.Deserialize<string[][]>(head)!.Select(c => new ColumnSchema(c[0], Enum.Parse<ColumnKind>(c[1]), true))
            .ToArray();
        new RowPrinter(output, columns).Print(Rows(lines, columns), form);
    }

    static IEnumerable<object?[]> Rows(StreamReader lines, ColumnSchema[] columns)
    {
        while (lines.ReadLine() is { } line)
        {
            var cells = JsonSerializer.Deserialize<string?[]>(line)!;
            yield return [.. cells.Select((cell, i) => cell is null ? null : Value(cell, columns[i].Kind))];
        }
    }

    static object Value(string cell, ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => cell == "true",
        ColumnKind.Int64 => long.Parse(cell, CultureInfo.InvariantCulture),
        ColumnKind.Double => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => cell,
    };

    static string Script()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Ticklake.Runtime.Sql.duckdb.mjs")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
