namespace Ticklake.Stores.Csv;

/// <summary>How a CSV file is compressed as a whole.</summary>
public enum CsvCompression : byte
{
    Gzip,
    Zstd,
    None,
}

/// <summary>Choices of CSV segments (<c>segments.csv:</c>).</summary>
public sealed record CsvOptions
{
    public CsvCompression Compression { get; init; } = CsvCompression.Gzip;
}
