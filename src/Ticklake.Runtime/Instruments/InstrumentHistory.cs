using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Instruments;

/// <summary>An instrument as it was from one reading of the exchange's list to another.</summary>
/// <param name="Instrument">Its description.</param>
/// <param name="ValidFrom">When a list first had it so.</param>
/// <param name="ValidTo">When a list first had it otherwise or no more; null where it is so still.</param>
public sealed record InstrumentPeriod(Instrument Instrument, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo);

/// <summary>
/// What has been known of a market's instruments and when: an append-only file of JSON lines, one for each listing, change and
/// delisting (docs/format/instruments.md). Not thread-safe.
/// </summary>
public sealed class InstrumentHistory
{
    const string Listed = "listed";
    internal const string Changed = "changed";
    const string Delisted = "delisted";

    readonly string _path;
    readonly Dictionary<string, InstrumentPeriod> _current = new(StringComparer.Ordinal);
    readonly List<InstrumentPeriod> _past = [];

    InstrumentHistory(string path) => _path = path;

    /// <summary>When the list was last read and found as it is here, or null if never.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    public IReadOnlyCollection<InstrumentPeriod> Current => _current.Values;

    /// <summary>What the last <see cref="Update"/> found, each with the status that was known before.</summary>
    internal IReadOnlyList<(InstrumentLine Line, string? StatusBefore)> LatestChanges { get; private set; } = [];

    /// <summary>Everything ever known, past periods first.</summary>
    public IEnumerable<InstrumentPeriod> All => _past.Concat(_current.Values);

    public static string PathOf(string dataDirectory, MarketId market) =>
        Path.Combine(dataDirectory, "instruments", market.PathName + ".jsonl");

    /// <summary>Reads the file, if there is one; a line cut short by a crash is left out.</summary>
    public static InstrumentHistory Open(string path)
    {
        var history = new InstrumentHistory(path);
        if (!File.Exists(path))
            return history;
        foreach (var line in File.ReadLines(path))
        {
            if (InstrumentLine.TryRead(line) is { } read)
                history.Take(read);
        }

        return history;
    }

    public Instrument? Find(string symbol) => _current.GetValueOrDefault(symbol)?.Instrument;

    /// <summary>
    /// Compares a complete list with what is known and writes down what differs; returns how much that is. A list without
    /// anything is no list: nothing is taken from it.
    /// </summary>
    public int Update(IReadOnlyList<Instrument> list, DateTimeOffset now)
    {
        LatestChanges = [];
        if (list.Count == 0)
            return 0;
        var lines = new List<InstrumentLine>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instrument in list)
        {
            if (!seen.Add(instrument.Symbol))
                continue;
            var known = Find(instrument.Symbol);
            if (known is null || known != instrument)
                lines.Add(new InstrumentLine(now, known is null ? Listed : Changed, instrument));
        }

        foreach (var gone in _current.Values.Where(p => !seen.Contains(p.Instrument.Symbol)).ToList())
            lines.Add(new InstrumentLine(now, Delisted, gone.Instrument));
        LatestChanges = [.. lines.Select(l => (l, Find(l.Instrument!.Symbol)?.Status))];
        Append([.. lines, new InstrumentLine(now, InstrumentLine.Read, null)]);
        lines.ForEach(Take);
        ReadAt = now;
        return lines.Count;
    }

    void Append(IReadOnlyList<InstrumentLine> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        EndLastLine(file);
        foreach (var line in lines)
            file.Write(line.ToUtf8());
        file.Flush(flushToDisk: true);
    }

    // A crash may have left half a line behind; what follows must not be lost with it.
    static void EndLastLine(FileStream file)
    {
        if (file.Length == 0)
            return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
            file.WriteByte((byte)'\n');
    }

    void Take(InstrumentLine line)
    {
        ReadAt = line.Time;
        if (line.Instrument is not { } instrument)
            return;
        if (_current.Remove(instrument.Symbol, out var before))
            _past.Add(before with { ValidTo = line.Time });
        if (line.Event != Delisted)
            _current[instrument.Symbol] = new InstrumentPeriod(instrument, line.Time, null);
    }
}
