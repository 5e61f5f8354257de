namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>The columns of a file that are read here, and what is to be said of the others.</summary>
/// <param name="Columns">In the file's order.</param>
/// <param name="Refused">The name of each column that is not read, and why.</param>
/// <param name="Leaves">How many chunks each row group has.</param>
sealed record FileSchema(
    IReadOnlyList<StoredColumn> Columns, IReadOnlyList<KeyValuePair<string, string>> Refused, int Leaves);
