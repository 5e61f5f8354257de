using System.Globalization;
using System.Net;
using System.Text;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Coverage;

/// <summary>The ledger as one HTML file that needs nothing else: a heat map, a row a stream and day, then the holes.</summary>
public static class CoveragePage
{
    const string Head = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Ticklake coverage</title><style>
        body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1b1f24;background:#fff}
        table{border-collapse:collapse;margin:0 0 2rem}
        th,td{font-weight:400;text-align:left;padding:1px 8px 1px 0;white-space:nowrap}
        .map td.h{width:1.1rem;min-width:1.1rem;height:1.1rem;padding:0}
        .map td.h{border:1px solid #fff;text-align:center;font-size:11px}
        .complete{background:#2e8b57;color:#fff}.known-empty{background:#a8d8b9}.gap{background:#d9534f;color:#fff}
        .not-recorded{background:#d8dce1;color:#667}.part{opacity:.7}
        @media(prefers-color-scheme:dark){body{color:#dde2e8;background:#15181c}.map td.h{border-color:#15181c}
        .not-recorded{background:#33393f;color:#9aa3ad}}
        </style></head><body><h1>Coverage</h1>
        <p><span class="complete">&nbsp;C&nbsp;</span> complete &nbsp;
        <span class="known-empty">&nbsp;E&nbsp;</span> known empty &nbsp;
        <span class="gap">&nbsp;G&nbsp;</span> gap &nbsp;
        <span class="not-recorded">&nbsp;-&nbsp;</span> not recorded.
        Small letters: a part of the hour was recorded. Hours are UTC; point at one to read more.</p>

        """;

    const string HolesHead =
        "<h2>Holes</h2><table><tr><th>stream</th><th>from</th><th>to</th><th>reason</th><th>found at</th></tr>";

    public static string Of(IReadOnlyList<StreamCoverage> streams)
    {
        var page = new StringBuilder(Head);
        page.Append("<table class=\"map\"><tr><th>stream</th><th>day</th>");
        for (var hour = 0; hour < 24; hour++)
            page.Append(CultureInfo.InvariantCulture, $"<th>{hour:D2}</th>");
        page.AppendLine("</tr>");
        foreach (var stream in streams)
        {
            foreach (var day in stream.Hours.GroupBy(h => UtcText.Day(h.HourUs)))
                AppendDay(page, stream, day.Key, day);
        }

        page.AppendLine("</table>");
        AppendHoles(page, streams);
        return page.AppendLine("</body></html>").Replace("\r\n", "\n").ToString();
    }

    static void AppendDay(StringBuilder page, StreamCoverage stream, string day, IEnumerable<CoverageHour> hours)
    {
        page.Append("<tr><th>").Append(Text(stream.Stream.ToString())).Append("</th><th>").Append(day).Append("</th>");
        var byHour = hours.ToDictionary(h => UtcText.Hour(h.HourUs));
        for (var hour = 0; hour < 24; hour++)
        {
            if (!byHour.TryGetValue(hour.ToString("D2", CultureInfo.InvariantCulture), out var known))
            {
                page.Append("<td class=\"h\"></td>");
                continue;
            }

            var part = known.IsWhole || known.Verdict == CoverageVerdict.NotRecorded ? "" : " part";
            page.Append("<td class=\"h ").Append(known.Verdict.Name().Replace(' ', '-')).Append(part).Append("\" title=\"")
                .Append(Text(Describe(known))).Append("\">").Append(known.Letter).Append("</td>");
        }

        page.AppendLine("</tr>");
    }

    static string Describe(CoverageHour hour)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{UtcText.Micros(hour.HourUs)[..13]}h {hour.Verdict.Name()}");
        if (hour.Rows is { } rows)
            text.Append(CultureInfo.InvariantCulture, $", {rows:N0} rows");
        if (hour.Reason.Length > 0)
            text.Append(", ").Append(hour.Reason);
        foreach (var hole in hour.Holes)
            text.Append("; ").Append(hole.Reason).Append(' ').Append(Times(hole));
        return text.ToString();
    }

    static void AppendHoles(StringBuilder page, IReadOnlyList<StreamCoverage> streams)
    {
        page.AppendLine(HolesHead);
        foreach (var stream in streams)
        {
            foreach (var hole in stream.Holes)
            {
                string[] cells =
                [
                    stream.Stream.ToString(), UtcText.Micros(hole.FromUs), UtcText.Micros(hole.ToUs), hole.Reason, hole.Place,
                ];
                page.Append("<tr><td>").AppendJoin("</td><td>", cells.Select(Text)).AppendLine("</td></tr>");
            }
        }

        page.AppendLine("</table>");
    }

    static string Times(CoverageHole hole) => $"{UtcText.Micros(hole.FromUs)} to {UtcText.Micros(hole.ToUs)}";

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
