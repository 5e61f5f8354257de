using System.CommandLine;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Viewing;

namespace Ticklake.Commands;

/// <summary><c>cat</c>: the rows of a segment, or the lines of a journal.</summary>
static class CatCommand
{
    const long TableLimit = 50;
    const int OutputBytes = 1 << 16;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A segment (.parquet, .arrow, .csv.gz …) or a journal (.jsonl.zst)." };
        var limit = new Option<long?>("--limit", "-n") { Description = "Most rows; default: 50 in a table, else all." };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() is < 0)
                result.AddError("--limit must not be negative.");
        });
        var where = new Option<string[]>("--where", "-w")
        {
            Description = "Only rows that meet \"column op value\", op being one of = != < <= > >=; several must all be met.",
            DefaultValueFactory = _ => [],
        };
        var format = new Option<string>("--format", "-f")
        {
            Description = "table, csv, or json (one object a line).",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var columns = new Option<string?>("--columns") { Description = "Only these columns: a,b,c." };
        var command = new Command("cat", "Print the rows of a segment, or the lines of a journal as they stand there.")
        {
            file, limit, where, format, columns,
        };
        command.SetAction((parsed, cancel) =>
        {
            var form = Enum.Parse<RowForm>(parsed.GetValue(format)!, ignoreCase: true);
            var most = parsed.GetValue(limit) ?? (form == RowForm.Table ? TableLimit : long.MaxValue);
            var names = parsed.GetValue(columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var request = new Request(parsed.GetValue(file)!, most, form, parsed.GetValue(where)!, names ?? []);
            return Task.FromResult(Run(request, cancel));
        });
        return command;
    }

    static int Run(Request request, CancellationToken cancel)
    {
        if (!File.Exists(request.Path))
        {
            SharedOptions.Complain($"There is no file {request.Path}.");
            return ExitCodes.Usage;
        }

        try
        {
            return request.Path.EndsWith(".jsonl.zst", StringComparison.Ordinal)
                ? PrintJournal(request, cancel)
                : PrintSegment(request, cancel);
        }
        catch (FormatException fault)
        {
            SharedOptions.Complain(fault.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (
            e is InvalidDataException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"{request.Path} cannot be read: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static int PrintSegment(Request request, CancellationToken cancel)
    {
        var question = new SegmentQuestion(request.Columns, [.. request.Conditions.Select(RowCondition.Parse)]);
        using var view = SegmentView.Open(request.Path, question);
        using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: OutputBytes);
        var isCut = false;
        new RowPrinter(output, view.Columns).Print(Limited(), request.Form);
        output.Flush();
        if (isCut && request.Form == RowForm.Table)
            SharedOptions.Complain($"… and more: these are the first {request.Limit} rows (--limit).");
        return ExitCodes.Success;

        IEnumerable<object?[]> Limited()
        {
            long count = 0;
            foreach (var row in view.Rows())
            {
                cancel.ThrowIfCancellationRequested();
                isCut = count++ >= request.Limit;
                if (isCut)
                    yield break;
                yield return row;
            }
        }
    }

    static int PrintJournal(Request request, CancellationToken cancel)
    {
        if (request.Conditions.Length > 0 || request.Columns.Length > 0 || request.Form == RowForm.Csv)
            throw new FormatException("A journal has lines, not columns: --where, --columns and --format csv are for segments.");
        using var reader = new JournalReader(request.Path);
        using var output = new BufferedStream(Console.OpenStandardOutput(), OutputBytes);
        var isCut = false;
        for (long count = 0; !isCut && reader.TryRead(out _); count++)
        {
            cancel.ThrowIfCancellationRequested();
            isCut = count >= request.Limit;
            if (isCut)
                break;
            output.Write(reader.LineText);
            output.WriteByte((byte)'\n');
        }

        output.Flush();
        if (isCut && request.Form == RowForm.Table)
            SharedOptions.Complain($"… and more: these are the first {request.Limit} lines (--limit).");
        return Judge(reader, request.Path);
    }

    static int Judge(JournalReader reader, string path)
    {
        if (reader.LinesRead == 0 && reader.End != JournalEnd.Clean)
        {
            SharedOptions.Complain($"{path} cannot be read: it holds no whole block of journal lines.");
            return ExitCodes.Failed;
        }

        foreach (var damage in reader.Damages)
            SharedOptions.Complain($"{path}: {damage}");
        if (reader.End == JournalEnd.TornTail)
            SharedOptions.Complain($"{path}: ends in a block that was cut short after line {reader.LastLine}");
        return reader.Damages.Count > 0 ? ExitCodes.Failed : ExitCodes.Success;
    }

    sealed record Request(string Path, long Limit, RowForm Form, string[] Conditions, string[] Columns);
}
