using System.CommandLine;
using Ticklake.Runtime.Sql;
using Ticklake.Runtime.Viewing;

namespace Ticklake.Commands;

/// <summary><c>sql</c>: asks DuckDB about the tables of a lake.</summary>
static class SqlCommand
{
    const string StandardInput = "-";

    public static Command Create()
    {
        var sql = new Argument<string>("sql") { Description = "What to ask; - reads it from standard input." };
        var data = SharedOptions.Data();
        var format = new Option<string>("--format", "-f")
        {
            Description = "table, csv, or json (one object a line).",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var command = new Command(
            "sql", "Ask DuckDB, if it is installed, about the sealed segments; every table (trades, books, controls …) is a view.")
        {
            sql, data, format,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(sql)!,
            parsed.GetValue(data)!,
            Enum.Parse<RowForm>(parsed.GetValue(format)!, ignoreCase: true),
            cancel));
        return command;
    }

    static async Task<int> RunAsync(string sql, string data, RowForm form, CancellationToken cancel)
    {
        if (SharedOptions.ExistingLake(data) is not { } lake)
            return ExitCodes.Usage;
        var folders = new[] { Environment.CurrentDirectory, AppContext.BaseDirectory, lake };
        if (DuckDb.Find(Environment.GetEnvironmentVariable, folders) is not { } duckDb)
        {
            SharedOptions.Complain(DuckDb.NotFound);
            return ExitCodes.Failed;
        }

        try
        {
            var views = new LakeViews(lake, LakeSegments.Of(lake));
            foreach (var left in views.Faults)
                SharedOptions.Complain(left);
            var asked = sql == StandardInput ? await Console.In.ReadToEndAsync(cancel) : sql;
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            if (await new LakeQuery(duckDb, views).RunAsync(asked, form, output, cancel) is not { } fault)
                return ExitCodes.Success;
            SharedOptions.Complain(fault);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            SharedOptions.Complain($"The question could not be put: {e.Message}");
            return ExitCodes.Failed;
        }
    }
}
