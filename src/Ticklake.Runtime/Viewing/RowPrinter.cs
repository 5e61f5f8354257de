using System.Text.Encodings.Web;
using System.Text.Json;
using Ticklake.Columnar;

namespace Ticklake.Runtime.Viewing;

/// <summary>The forms in which rows are printed.</summary>
public enum RowForm : byte
{
    /// <summary>Aligned columns, for people.</summary>
    Table,

    /// <summary>RFC 4180 with a header line; null is nothing.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Json,
}

/// <summary>Prints rows as they come, without keeping more than a screenful.</summary>
public sealed class RowPrinter(TextWriter output, IReadOnlyList<ColumnSchema> columns)
{
    // Rows that are looked at before a table's columns get their widths.
    const int Screenful = 200;

    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string[] _names = [.. columns.Select(x => JsonSerializer.Serialize(x.Name, Relaxed))];

    public void Print(IEnumerable<object?[]> rows, RowForm form)
    {
        switch (form)
        {
            case RowForm.Csv:
                output.Write(string.Join(',', columns.Select(x => Quote(x.Name))) + "\n");
                foreach (var row in rows)
                    output.Write(string.Join(',', Texts(row).Select(Quote)) + "\n");
                break;
            case RowForm.Json:
                foreach (var row in rows)
                    output.Write("{" + string.Join(',', row.Select((x, i) => $"{_names[i]}:{Json(x, columns[i].Kind)}")) + "}\n");
                break;
            default:
                PrintTable(rows);
                break;
        }
    }

    void PrintTable(IEnumerable<object?[]> rows)
    {
        var isRight = columns.Select(x => x.Kind is not (ColumnKind.Boolean or ColumnKind.TimestampMicros or ColumnKind.Utf8)).ToArray();
        using var next = rows.GetEnumerator();
        var first = new List<string[]> { columns.Select(x => x.Name).ToArray() };
        while (first.Count <= Screenful && next.MoveNext())
            first.Add(Texts(next.Current));
        var widths = columns.Select((_, i) => first.Max(x => x[i].Length)).ToArray();
        foreach (var row in first)
            PrintLine(row);
        while (next.MoveNext())
            PrintLine(Texts(next.Current));

        void PrintLine(string[] row) => output.Write(
            string.Join("  ", row.Select((x, i) => isRight[i] ? x.PadLeft(widths[i]) : x.PadRight(widths[i]))).TrimEnd() + "\n");
    }

    string[] Texts(object?[] row) => [.. row.Select((x, i) => x is null ? "" : ValueText.Of(x, columns[i].Kind))];

    static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // JSON has no form for numbers that are none, so they are texts.
    static string Json(object? value, ColumnKind kind) => value switch
    {
        null => "null",
        double number when !double.IsFinite(number) => $"\"{ValueText.Of(number, kind)}\"",
        string or long when kind is ColumnKind.Utf8 or ColumnKind.TimestampMicros =>
            JsonSerializer.Serialize(ValueText.Of(value, kind), Relaxed),
        _ => ValueText.Of(value, kind),
    };
}
