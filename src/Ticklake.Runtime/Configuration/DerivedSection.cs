using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration.Forms;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Configuration;

/// <summary>
/// Reads the streams of a market that are to be made from its books: those asked for with <c>source: book</c>, and best prices
/// of an exchange that publishes none.
/// </summary>
sealed class DerivedSection(IExchange exchange, MarketId market, ConfigFaults faults)
{
    public const string SourceKey = "source";

    const string EveryKey = "every";
    const string LevelsKey = "levels";
    const int PresetLevels = 20;

    static readonly TimeSpan PresetEvery = TimeSpan.FromSeconds(1);
    static readonly DurationForm EveryForm = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    readonly List<(WantedStream Wanted, string Path)> _wanted = [];
    readonly WantedOnce _once = new(faults);

    /// <summary>
    /// True where the stream is for this section, or its source is wrong; otherwise <paramref name="wanted"/> is what the exchange
    /// is to be asked for.
    /// </summary>
    public bool Take(ref WantedStream wanted, string path)
    {
        if (!wanted.Options.TryGetValue(SourceKey, out var source))
        {
            if (exchange.Publishes(market, wanted.Channel) || wanted.Channel != Channel.BookTicker)
                return false;
        }
        else if (source.Text == RowSource.Stream.Name())
        {
            wanted = wanted with
            {
                Options = wanted.Options.Where(o => o.Key != SourceKey).ToDictionary(o => o.Key, o => o.Value),
            };
            return false;
        }
        else if (SourcesOf(wanted.Channel) is var sources && !sources.Contains(source.Text))
        {
            faults.Add(
                source, MapShape.Join(path, SourceKey),
                $"{wanted.Channel.Name()} cannot come from '{source.Shown}'{Suggestion.For(source.Shown, sources)}",
                string.Join(", ", sources));
            return true;
        }

        _wanted.Add((wanted, path));
        return true;
    }

    /// <summary>As <see cref="Take"/>, of whatever symbol a rule selects.</summary>
    /// <param name="wanted">With the symbol of an example.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="key">The stream's name; null where something about it is wrong.</param>
    public bool TakeTemplate(ref WantedStream wanted, string path, out StreamKey? key)
    {
        key = null;
        var before = _wanted.Count;
        if (!Take(ref wanted, path))
            return false;
        if (_wanted.Count > before)
        {
            _wanted.RemoveAt(before);
            key = Read(wanted, new StreamKey(market, Channel.Books, wanted.Symbol.Text), path)?.Key;
        }

        return true;
    }

    /// <summary>Joins what was asked for to the books that are recorded.</summary>
    public IReadOnlyList<DerivedStream> Resolve(IReadOnlyList<StreamKey> streams)
    {
        var derived = new List<DerivedStream>();
        foreach (var (wanted, path) in _wanted)
        {
            if (DerivedStream.BookOf(wanted.Symbol.Text, streams) is not { } book)
            {
                faults.Add(
                    wanted.Symbol, MapShape.Join(path, StreamsSection.SymbolsKey),
                    $"{wanted.Channel.Name()} of {wanted.Symbol.Shown} is made from its book, which is not recorded",
                    $"a stream with channel: books and symbols: [{wanted.Symbol.Shown}] beside it");
            }
            else if (Read(wanted, book, path) is { } stream && _once.TryAdd(stream.Key, wanted, path))
                derived.Add(stream);
        }

        return derived;
    }

    static string[] SourcesOf(Channel channel) => channel switch
    {
        Channel.BookTicker => [RowSource.Stream.Name(), RowSource.Book.Name()],
        Channel.DepthSnapshots => [RowSource.Stream.Name(), RowSource.Book.Name(), RowSource.Rest.Name()],
        _ => [RowSource.Stream.Name()],
    };

    DerivedStream? Read(WantedStream wanted, StreamKey book, string path)
    {
        string[] known = wanted.Channel == Channel.BookTicker ? [SourceKey] : [SourceKey, EveryKey, LevelsKey];
        if (wanted.Options.FirstOrDefault(o => !known.Contains(o.Key)) is { Key: { } unknown, Value: var node })
        {
            faults.Add(
                node, MapShape.Join(path, unknown), $"is no option of {wanted.Channel.Name()} that is made from a book",
                string.Join(", ", known));
            return null;
        }

        if (wanted.Channel == Channel.BookTicker)
            return DerivedStream.BestPricesOf(book);
        var every = PresetEvery;
        if (wanted.Options.TryGetValue(EveryKey, out var said) && !EveryForm.TryParseWithin(said.Text, out every))
        {
            faults.Add(said, MapShape.Join(path, EveryKey), said.Described, EveryForm.Allowed);
            return null;
        }

        var levels = PresetLevels;
        if (wanted.Options.TryGetValue(LevelsKey, out said)
            && !(int.TryParse(said.Text, NumberStyles.None, CultureInfo.InvariantCulture, out levels)
                && levels is > 0 and <= DerivedStream.MostLevels))
        {
            faults.Add(
                said, MapShape.Join(path, LevelsKey), said.Described,
                string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {DerivedStream.MostLevels}"));
            return null;
        }

        return DerivedStream.SamplesOf(book, every, levels);
    }
}
