using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Selection;

namespace Ticklake.Commands;

/// <summary>Prints the selection rules of a configuration, and what they select now (<c>config check</c>).</summary>
static class RulePrinter
{
    /// <summary>One line a rule.</summary>
    public static void PrintRules(RecorderOptions options)
    {
        foreach (var market in options.Markets)
        {
            foreach (var rule in market.Rules)
                Console.WriteLine($"  {market.Market}: {rule}");
        }
    }

    /// <summary>Asks the exchanges; false where a rule cannot be resolved.</summary>
    public static async Task<bool> ResolveAsync(RecorderOptions options, CancellationToken cancel)
    {
        var isWhole = true;
        foreach (var market in options.Markets.Where(m => m.Rules.Count > 0))
        {
            var preview = await SelectionPreview.ResolveAsync(market, options.Data, TimeProvider.System, cancel);
            Console.WriteLine($"  {market.Market}: {Source(preview)}");
            foreach (var rule in preview.Rules)
            {
                Console.WriteLine($"    {rule.Rule}");
                Console.WriteLine($"      {rule.Symbols.Count} symbols, {rule.Streams.Count} streams"
                    + (rule.Symbols.Count == 0 ? "" : ": " + string.Join(", ", rule.Symbols)));
                if (rule.Fault is not null)
                    SharedOptions.Complain($"      {rule.Fault}");
                isWhole &= rule.Fault is null;
            }
        }

        return isWhole;
    }

    static string Source(SelectionPreview preview) => preview switch
    {
        { Fault: null } => $"the exchange lists {preview.Listed} instruments",
        { ReadAt: { } at } => $"the exchange's list cannot be read ({preview.Fault}); that of {at:u} has {preview.Listed} instruments",
        _ => $"the exchange's list cannot be read ({preview.Fault}), and none is remembered",
    };
}
