using Ticklake.Runtime.Export.Hftbacktest;
using Ticklake.Runtime.Export.Tardis;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export;

/// <summary>Turns what a lake holds into the files of other tools. Changes nothing in the lake. One thread.</summary>
public static class LakeExport
{
    /// <exception cref="ExportRefusedException">It cannot be done as asked; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">A segment is damaged.</exception>
    public static ExportReport Run(
        ExportFormat format, ExportRequest request, IEnumerable<CatalogEntry> segments, CancellationToken cancel)
    {
        var report = new ExportReport();
        using var folder = new ExportFolder(request, report);
        if (format == ExportFormat.TardisCsv)
            new TardisExport(request, report, folder).Run(segments, cancel);
        else
            new HftbacktestExport(request, report, folder).Run(cancel);
        report.Files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return report;
    }
}
