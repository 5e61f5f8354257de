namespace Ticklake.Runtime.Export;

/// <summary>The forms for other tools that a lake can be exported in.</summary>
public enum ExportFormat : byte
{
    /// <summary>tardis.dev's downloadable CSV files, from the segments.</summary>
    TardisCsv,

    /// <summary>What hftbacktest's collector writes, from the journals.</summary>
    Hftbacktest,
}

/// <summary>The one written form of each format.</summary>
public static class ExportFormats
{
    static readonly string[] Names = ["tardis-csv", "hftbacktest"];

    public static IReadOnlyList<string> All => Names;

    public static ExportFormat Parse(string name) => (ExportFormat)Array.IndexOf(Names, name);
}
