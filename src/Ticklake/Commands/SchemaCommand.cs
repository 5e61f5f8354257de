using System.CommandLine;
using System.Text.Json;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Runtime.Viewing;

namespace Ticklake.Commands;

/// <summary><c>schema</c>: what a file of columns says of itself.</summary>
static class SchemaCommand
{
    const int LongestValue = 120;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A Parquet file, whoever wrote it, or an Arrow file." };
        var json = SharedOptions.AsJson();
        var command = new Command("schema", "Show a file's columns, encodings, sizes, metadata and row groups.") { file, json };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(json)));
        return command;
    }

    static int Run(string path, bool json)
    {
        if (!File.Exists(path))
        {
            SharedOptions.Complain($"There is no file {path}.");
            return ExitCodes.Usage;
        }

        try
        {
            if (FileKinds.IsParquet(path))
                Show(path, ParquetOutline.Read(path), json);
            else
            {
                using var reader = FileKinds.Open(path);
                Show(path, reader, json);
            }

            return ExitCodes.Success;
        }
        catch (Exception e) when (
            e is InvalidDataException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"{path} cannot be read: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    static void Show(string path, ParquetOutline outline, bool json)
    {
        var columns = Enumerable.Range(0, outline.Columns.Count).Select(i => new ColumnOutline(outline, i)).ToList();
        var bytes = new FileInfo(path).Length;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Format = "parquet",
                    Bytes = bytes,
                    outline.Rows,
                    outline.CreatedBy,
                    outline.Version,
                    Columns = columns,
                    RowGroups = outline.RowGroups.Select(g => new { g.Rows, g.CompressedBytes, g.UncompressedBytes }),
                    Metadata = outline.Metadata.Select(m => new { m.Key, m.Value }),
                },
                SharedOptions.Json));
            return;
        }

        Console.WriteLine(
            $"Parquet, {outline.Rows:N0} rows in {outline.RowGroups.Count:N0} row groups, {bytes:N0} bytes, written by {outline.CreatedBy}");
        Console.WriteLine();
        string[] heading = ["column", "type", "null", "encodings", "codec", "bytes", "plain bytes", "bytes/row"];
        var rows = columns.Select(c => new[]
        {
            c.Name, c.Type, c.Nullability, string.Join('+', c.Encodings), string.Join('+', c.Codecs), $"{c.CompressedBytes:N0}",
            $"{c.UncompressedBytes:N0}", outline.Rows > 0 ? $"{(double)c.CompressedBytes / outline.Rows:0.000}" : "",
        });
        AlignedTable.Print([heading, .. rows], [5, 6, 7]);
        Console.WriteLine();
        AlignedTable.Print(
            [["row group", "rows", "bytes", "plain bytes"], .. outline.RowGroups.Select((g, i) => new[]
            {
                $"{i}", $"{g.Rows:N0}", $"{g.CompressedBytes:N0}", $"{g.UncompressedBytes:N0}",
            })],
            [0, 1, 2, 3]);
        PrintMetadata(outline.Metadata);
    }

    static void Show(string path, TableReader reader, bool json)
    {
        var bytes = new FileInfo(path).Length;
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Format = FileKinds.NameOf(path),
                    Bytes = bytes,
                    Rows = reader.RowCount,
                    Columns = reader.Schema.Select(c => new { c.Name, Type = c.Kind.ToString(), c.IsNullable }),
                    RowGroups = reader.GroupRows.Select(r => new { Rows = r }),
                    Metadata = reader.Metadata.Select(m => new { m.Key, m.Value }),
                },
                SharedOptions.Json));
            return;
        }

        Console.WriteLine($"{FileKinds.NameOf(path)}, {reader.RowCount:N0} rows in {reader.GroupRows.Count:N0} batches, {bytes:N0} bytes");
        Console.WriteLine();
        AlignedTable.Print(
            [["column", "type", "null"], .. reader.Schema.Select(c => new[] { c.Name, c.Kind.ToString(), c.IsNullable ? "yes" : "no" })], []);
        PrintMetadata(reader.Metadata);
    }

    static void PrintMetadata(IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (metadata.Count == 0)
            return;
        Console.WriteLine();
        var rows = metadata.Select(m => new[] { m.Key, m.Value.Length > LongestValue ? m.Value[..LongestValue] + "…" : m.Value });
        AlignedTable.Print([["metadata", "value"], .. rows], []);
    }
}
