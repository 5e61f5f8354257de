using System.Text.RegularExpressions;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Configuration;

/// <summary>One stream as the file asks for it, with the places its parts stand at.</summary>
sealed record WantedStream(
    Channel Channel, ConfigNode ChannelNode, ConfigNode Symbol, IReadOnlyDictionary<string, ConfigNode> Options)
{
    public StreamRequest Request =>
        new(Channel, Symbol.Text, Options.ToDictionary(o => o.Key, o => o.Value.Text));

    /// <summary>
    /// Where a refusal belongs: to the symbol or the option it names, else to the channel. In its text, values that
    /// came from the environment are shown as they were written.
    /// </summary>
    public (string Setting, ConfigNode Node, string Problem) Blame(string refusal)
    {
        var (setting, node) = Named(refusal);
        foreach (var hidden in Options.Values.Append(Symbol).Where(n => n.Text != n.Shown))
            refusal = refusal.Replace(hidden.Text, hidden.Shown, StringComparison.Ordinal);
        return (setting, node, refusal);
    }

    (string Setting, ConfigNode Node) Named(string refusal)
    {
        if (refusal.Contains($"'{Symbol.Text}'", StringComparison.Ordinal))
            return (StreamsSection.SymbolsKey, Symbol);
        // The first one named: lists of what is known come later in such sentences.
        var option = Options
            .Select(o => (o.Key, o.Value, At: Regex.Match(refusal, $@"\b{Regex.Escape(o.Key)}\b")))
            .Where(o => o.At.Success)
            .OrderBy(o => o.At.Index)
            .FirstOrDefault();
        return option.Key is null ? (StreamsSection.ChannelKey, ChannelNode) : (option.Key, option.Value);
    }
}
