using System.Text;
using Shouldly;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>
/// Every fault of the simulator against both exchanges: found at the first frame that shows it, declared, healed, and the
/// books right afterwards (design.md section 7).
/// </summary>
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    const int AtATime = 6;

    /// <summary>Names the one exchange to play: for work on its adapter.</summary>
    const string OnlyVariable = "TICKLAKE_FAULTS_OF";

    [Fact]
    public async Task Every_fault_is_found_declared_and_healed()
    {
        using var room = new SemaphoreSlim(AtATime);
        var outcomes = await Task.WhenAll(FaultCases.All.Where(IsWanted).Select(async fault =>
        {
            await room.WaitAsync();
            try
            {
                return await new FaultRun(fault).RunAsync();
            }
            finally
            {
                room.Release();
            }
        }));

        output.WriteLine(Table(outcomes));
        var failures = outcomes.Where(o => o.Failure is not null).ToList();
        failures.ShouldBeEmpty(string.Join("\n\n", failures.Select(f => $"{f.Exchange} {f.Name}: {f.Failure}")));
    }

    static bool IsWanted(FaultCase fault) =>
        Environment.GetEnvironmentVariable(OnlyVariable) is not { Length: > 0 } only || fault.Exchange == only;

    static string Table(IEnumerable<FaultOutcome> outcomes)
    {
        var rows = outcomes
            .Select(o => new[] { o.Exchange, o.Name, o.Declared, o.Found, o.Hole, o.Healed, o.Books, o.Failure is null ? "ok" : "FAILED" })
            .Concat(FaultCases.NotApplicable.Select(n => new[] { n.Exchange, n.Name, n.Reason, "n/a", "n/a", "n/a", "n/a", "ok" }))
            .OrderBy(r => r[0], StringComparer.Ordinal).ThenBy(r => r[1], StringComparer.Ordinal)
            .Prepend(["exchange", "fault", "declared as", "found at", "hole marked", "healed", "books", ""])
            .ToList();
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendLine(string.Join(" | ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        return text.ToString();
    }
}
