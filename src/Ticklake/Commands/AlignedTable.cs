namespace Ticklake.Commands;

/// <summary>Prints rows in columns as wide as their widest cell, whatever the width of the terminal: lines can be cut and searched.</summary>
static class AlignedTable
{
    /// <param name="rows">The first one is the heading.</param>
    /// <param name="numbers">Columns aligned to the right.</param>
    public static void Print(List<string[]> rows, int[] numbers)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(x => x[i].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((x, i) => numbers.Contains(i) ? x.PadLeft(widths[i]) : x.PadRight(widths[i]));
            Console.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
