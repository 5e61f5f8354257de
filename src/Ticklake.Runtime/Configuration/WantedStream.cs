using System.Text.RegularExpressions;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Configuration;

/// <summary>One stream as the file asks for it, with the places its parts stand at.</summary>
sealed record WantedStream(Channel Channel, ConfigNode Symbol, IReadOnlyDictionary<string, ConfigNode> Options)
{
    public StreamRequest Request =>
        new(Channel, Symbol.Text, Options.ToDictionary(o => o.Key, o => o.Value.Text));

    /// <summary>
    /// Where a refusal belongs: to the option it names, else to the symbol. In its text, values that came from the
    /// environment are shown as they were written.
    /// </summary>
    public (string Setting, ConfigNode Node, string Problem) Blame(string refusal)
    {
        var named = Options.FirstOrDefault(o => Regex.IsMatch(refusal, $@"\b{Regex.Escape(o.Key)}\b"));
        foreach (var node in Options.Values.Append(Symbol).Where(n => n.Text != n.Shown))
            refusal = refusal.Replace(node.Text, node.Shown, StringComparison.Ordinal);
        return named.Key is null
            ? (StreamsSection.SymbolsKey, Symbol, refusal)
            : (named.Key, named.Value, refusal);
    }
}
