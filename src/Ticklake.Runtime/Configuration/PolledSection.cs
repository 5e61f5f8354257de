using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration.Forms;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Configuration;

/// <summary>Reads the streams of a market that are asked for by REST: depth snapshots with <c>source: rest</c>.</summary>
sealed class PolledSection(IExchange exchange, MarketId market, ConfigFaults faults)
{
    const string EveryKey = "every";
    const string LevelsKey = "levels";
    const string JitterKey = "jitter";
    const int MostJitter = 20;

    // The rest is for the books' snapshots, which must come at once when a book is lost.
    const double UsableShare = 0.5;

    static readonly TimeSpan PresetEvery = TimeSpan.FromSeconds(10);
    static readonly DurationForm EveryForm = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    static readonly string[] Known = [DerivedSection.SourceKey, EveryKey, LevelsKey, JitterKey];

    readonly WantedOnce _once = new(faults);
    readonly List<PolledDepth> _polls = [];
    readonly IDepthReader? _reader = exchange.CreateDepthReader(market);
    double _weight;
    bool _isTooMuch;

    public IReadOnlyList<PolledDepth> Polls => _polls;

    /// <summary>True, and a fault, where a rule asks for streams of this section.</summary>
    public bool RefuseRule(WantedStream wanted, string path)
    {
        if (!IsPolled(wanted, out var source))
            return false;
        faults.Add(
            source, MapShape.Join(path, DerivedSection.SourceKey), "order books are asked for by REST of named symbols only",
            "symbols without patterns and 'select', or another source");
        return true;
    }

    static bool IsPolled(WantedStream wanted, [NotNullWhen(true)] out ConfigNode? source) =>
        wanted.Options.TryGetValue(DerivedSection.SourceKey, out source)
        && wanted.Channel == Channel.DepthSnapshots && source.Text == RowSource.Rest.Name();

    /// <summary>True where the stream is for this section, right or wrong.</summary>
    public bool Take(WantedStream wanted, string path)
    {
        if (!IsPolled(wanted, out var source))
            return false;
        if (_reader is null)
        {
            faults.Add(
                source, MapShape.Join(path, DerivedSection.SourceKey), $"order books of {market} are not read by REST", "stream or book");
        }
        else if (Read(wanted, path) is { } poll)
            Add(poll, wanted, path);
        return true;
    }

    PolledDepth? Read(WantedStream wanted, string path)
    {
        // Whether the symbol has a book is for the exchange to say, of the channel that all have.
        var asBook = new StreamRequest(Channel.Books, wanted.Symbol.Text, new Dictionary<string, string>());
        if (!exchange.TryParseStream(market, asBook, out _, out var fault))
            return Refuse(wanted.Symbol, StreamsSection.SymbolsKey, fault ?? wanted.Symbol.Described, "the exchange's own symbol");
        if (wanted.Options.FirstOrDefault(o => !Known.Contains(o.Key)) is { Key: { } unknown, Value: var node })
            return Refuse(node, unknown, "is no option of depth that is asked for by REST", string.Join(", ", Known));
        var (every, levels, jitter) = (PresetEvery, _reader!.PresetLevels, 10);
        if (wanted.Options.TryGetValue(EveryKey, out var said) && !EveryForm.TryParseWithin(said.Text, out every))
            return Refuse(said, EveryKey, said.Described, EveryForm.Allowed);
        if (wanted.Options.TryGetValue(JitterKey, out said) && !TryParseShare(said.Text, out jitter))
            return Refuse(said, JitterKey, said.Described, $"0% to {MostJitter}%");
        var hasLevels = wanted.Options.TryGetValue(LevelsKey, out said);
        if (hasLevels && !int.TryParse(said!.Text, NumberStyles.None, CultureInfo.InvariantCulture, out levels))
            return Refuse(said, LevelsKey, said.Described, "a whole number");
        if (_reader.FaultOf(levels) is { } levelFault)
            return Refuse(hasLevels ? said! : wanted.Symbol, LevelsKey, levelFault, null);
        return PolledDepth.Of(market, wanted.Symbol.Text, levels, every) with { Jitter = jitter / 100.0 };

        PolledDepth? Refuse(ConfigNode at, string name, string problem, string? allowed)
        {
            faults.Add(at, MapShape.Join(path, name), problem, allowed);
            return null;
        }
    }

    void Add(PolledDepth poll, WantedStream wanted, string path)
    {
        if (!_once.TryAdd(poll.Key, wanted, path))
            return;

        _polls.Add(poll);
        _weight += _reader!.RequestFor(poll.Key.Symbol, poll.Levels).Weight / poll.Every.TotalMinutes;
        var limit = exchange.LimitsOf(market).Rest;
        var most = limit.Weight / limit.Window.TotalMinutes * UsableShare;
        if (_weight <= most || _isTooMuch)
            return;
        _isTooMuch = true;
        faults.Add(
            wanted.Symbol, MapShape.Join(path, EveryKey),
            string.Create(CultureInfo.InvariantCulture, $"asking for this one too costs {_weight:0} of a weight of {most:0} a minute"),
            "fewer symbols or levels, or a longer time between");
    }

    static bool TryParseShare(string text, out int percent)
    {
        percent = 0;
        return text.EndsWith('%') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out percent)
            && percent <= MostJitter;
    }
}
