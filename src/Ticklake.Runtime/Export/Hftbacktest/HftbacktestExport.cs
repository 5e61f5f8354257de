using System.Buffers;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export.Hftbacktest;

/// <summary>
/// Writes what hftbacktest's collector writes, from the journals: a line a frame, byte for byte, with its nanoseconds;
/// <c>docs/exports.md</c> says what is written. One thread.
/// </summary>
sealed class HftbacktestExport(ExportRequest request, ExportReport report, ExportFolder folder)
{
    static readonly string[] Supported = ["binance/spot", "binance/usdm", "binance/coinm", "bybit/spot", "bybit/linear"];

    // A symbol becomes part of a file's name, and a frame may say anything.
    static readonly SearchValues<char> NoNameLetters = SearchValues.Create("/\\:*?\"<>|.\0\t\n\r");

    readonly SymbolFiles _files = new(folder);

    // The last id written of each stream: what a replacement's connection repeats is left out.
    readonly Dictionary<string, long> _lastIds = [];
    readonly Dictionary<string, long> _idsBefore = [];

    public void Run(CancellationToken cancel)
    {
        if (request.Types.Count > 0)
            throw new ExportRefusedException("hftbacktest files hold every frame of a symbol: --types is for tardis-csv.");
        var sessions = Sessions();
        folder.Expect(sessions.SelectMany(PossibleNames).Distinct());
        var count = 0;
        foreach (var session in sessions)
        {
            cancel.ThrowIfCancellationRequested();
            _files.FinishBefore(session.Begin);
            request.Progress?.Invoke($"{session.Market}#{session.ConnId}: session {++count:N0} of {sessions.Count:N0}");
            Write(session, cancel);
        }

        _files.FinishAll();
    }

    List<JournalSession> Sessions()
    {
        var sessions = JournalFolder.Sessions(request.DataDirectory).Where(s => request.Includes(s.Market)).ToList();
        var markets = sessions.Select(s => s.Market).Distinct().ToList();
        if (markets.Count == 0)
            throw new ExportRefusedException("hftbacktest files are made from journals, and there is none of what was asked for.");
        if (markets.Count > 1)
        {
            throw new ExportRefusedException(
                $"hftbacktest files name no market: choose one with --exchange and --market, of {string.Join(", ", markets)}.");
        }

        if (!Supported.Contains(markets[0].ToString()))
        {
            throw new ExportRefusedException(
                $"hftbacktest's collector has no form for {markets[0]}. It has for: {string.Join(", ", Supported)}.");
        }

        if (RetiredSession.All(request.DataDirectory).Any(r => r.Exchange == markets[0].Exchange))
            report.Notes.Add("journals of earlier sessions were deleted by journal.retention: their frames are not in the files");
        return [.. sessions.Where(s => !StandbyVerdict.WasDropped(s))];
    }

    // A symbol's days are not known before its frames are read, but existing files of its name are.
    IEnumerable<string> PossibleNames(JournalSession session)
    {
        if (!Directory.Exists(request.Output))
            return [];
        var first = UtcText.Day(Math.Max(session.Begin.Microseconds, request.FromUs)).Replace("-", "", StringComparison.Ordinal);
        return Directory.EnumerateFiles(request.Output, "*_????????.gz").Select(p => Path.GetFileName(p)!)
            .Where(n => string.CompareOrdinal(n[(n.LastIndexOf('_') + 1)..^3], first) >= 0 && IsWanted(session, n[..n.LastIndexOf('_')]));
    }

    bool IsWanted(JournalSession session, string symbol) => request.Symbols.Count > 0
        ? request.Symbols.Contains(symbol, StringComparer.OrdinalIgnoreCase)
        : session.Header.Streams.Count == 0
            || session.Header.Streams.Any(s => s.Symbol.Equals(symbol, StringComparison.OrdinalIgnoreCase));

    void Write(JournalSession session, CancellationToken cancel)
    {
        _idsBefore.Clear();
        if (session.Header.Follows is not null)
        {
            foreach (var (stream, id) in _lastIds)
                _idsBefore.Add(stream, id);
        }

        foreach (var file in session.Files)
        {
            using var reader = new JournalReader(file.FullPath);
            while (reader.TryRead(out var line))
            {
                if (line.LineNumber % 4096 == 0)
                    cancel.ThrowIfCancellationRequested();
                Take(session.Market, line);
            }

            foreach (var damage in reader.Damages)
                report.Notes.Add($"{file.RelativePath}: {damage}");
        }
    }

    void Take(MarketId market, in JournalLine line)
    {
        if (line.Kind is not (JournalLineKind.Received or JournalLineKind.Answer) || !request.Includes(line.Time.Microseconds))
            return;
        if (line.Kind == JournalLineKind.Answer)
        {
            if (line.Status == 200 && CombinedFrame.SymbolOfAnswer(line.Path) is { } asked && request.Includes(asked))
                WriteLine(asked, line.Time, "", line.Payload);
            return;
        }

        if (line.IsBinary || line.Payload.IndexOfAny((byte)'\n', (byte)'\r') >= 0
            || !CombinedFrame.TryRead(market, line.Payload, out var frame))
        {
            report.FramesLeftOut++;
            return;
        }

        if (!request.Includes(frame.Symbol))
            return;
        if (frame.Id > 0)
        {
            if (_idsBefore.GetValueOrDefault(frame.Stream) >= frame.Id)
            {
                report.RepetitionsLeftOut++;
                return;
            }

            _lastIds[frame.Stream] = frame.Id;
        }

        WriteLine(frame.Symbol, line.Time, frame.Prefix, line.Payload);
    }

    void WriteLine(string symbol, TimestampNs time, string prefix, ReadOnlySpan<byte> frame)
    {
        if (symbol.AsSpan().ContainsAny(NoNameLetters))
            report.FramesLeftOut++;
        else
            _files.Write(symbol, time, prefix, frame);
    }
}
