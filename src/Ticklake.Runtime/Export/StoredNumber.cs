using System.Globalization;
using System.Text;
using Ticklake.Columnar;
using Ticklake.Core.Numbers;

namespace Ticklake.Runtime.Export;

/// <summary>Stored prices and amounts as exact decimals: of a double, its shortest text; of anything else, its own.</summary>
static class StoredNumber
{
    const int MostBytes = 64;

    /// <summary><see cref="ExactDecimal.None"/> where the row has none.</summary>
    /// <exception cref="InvalidDataException">It is no number.</exception>
    public static ExactDecimal Of(ColumnValues column, int row)
    {
        if (column.IsNull(row))
            return ExactDecimal.None;
        if (column is not FixedValues<double> doubles)
        {
            var text = column is Utf8Values texts
                ? texts.Utf8(row)
                : Encoding.ASCII.GetBytes(Convert.ToString(column[row], CultureInfo.InvariantCulture)!);
            return Parse(text);
        }

        Span<byte> shortest = stackalloc byte[MostBytes];
        doubles.Values[row].TryFormat(shortest, out var length, default, CultureInfo.InvariantCulture);
        return Parse(shortest[..length]);
    }

    static ExactDecimal Parse(ReadOnlySpan<byte> text) => ExactDecimal.TryParse(text, out var number)
        ? number
        : throw new InvalidDataException($"'{Encoding.UTF8.GetString(text)}' is no number.");
}
