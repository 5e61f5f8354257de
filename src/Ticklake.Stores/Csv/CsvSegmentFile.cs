using System.Text;
using Ticklake.Columnar;
using Ticklake.Stores.Segments;

namespace Ticklake.Stores.Csv;

/// <summary>
/// A segment being written as CSV. A row group ends a block and leaves no other trace; nothing is allocated for a row.
/// Store thread only.
/// </summary>
sealed class CsvSegmentFile(Stream output, IReadOnlyList<ColumnSchema> schema, CsvBlocks blocks) : ISegmentFile
{
    bool _hasHeader;

    public long BytesWritten { get; private set; }

    public void WriteRowGroup(IReadOnlyList<IReadOnlyList<ColumnPart>> columns)
    {
        if (columns.Count != schema.Count)
            throw new ArgumentException($"{columns.Count} columns for a table of {schema.Count}.", nameof(columns));
        // What a write that failed left behind belongs to another file.
        blocks.Text.Clear();
        if (!_hasHeader)
            WriteHeader();
        var cells = blocks.Columns(schema.Count);
        for (var i = 0; i < columns.Count; i++)
            cells[i].Begin(schema[i].Kind, columns[i]);
        for (var row = columns[0].Sum(part => part.Count); row > 0; row--)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (i > 0)
                    blocks.Text.Append((byte)',');
                cells[i].WriteNext(blocks.Text);
            }

            blocks.Text.Append((byte)'\n');
            if (blocks.Text.Length >= CsvBlocks.Bytes)
                BytesWritten += blocks.WriteBlock(output);
        }

        BytesWritten += blocks.WriteBlock(output);
    }

    /// <summary>Writes a header where there were no rows; there is no room for metadata.</summary>
    public void Finish(IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (_hasHeader)
            return;
        blocks.Text.Clear();
        WriteHeader();
        BytesWritten += blocks.WriteBlock(output);
    }

    public void Dispose()
    {
    }

    void WriteHeader()
    {
        for (var i = 0; i < schema.Count; i++)
        {
            if (i > 0)
                blocks.Text.Append((byte)',');
            blocks.Text.AppendField(Encoding.UTF8.GetBytes(schema[i].Name));
        }

        blocks.Text.Append((byte)'\n');
        _hasHeader = true;
    }
}
