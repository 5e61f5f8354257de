using System.Buffers.Text;
using System.Text;
using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Import;

/// <summary>
/// Finds, in a recording of Binance, the lines that are REST depth answers and the symbol each belongs to: the answer
/// does not say, so it is the depth stream whose update ids (and, where several fit, prices) match.
/// </summary>
sealed class DepthAnswers(MarketId market)
{
    readonly Dictionary<string, DepthStream> _streams = [];
    readonly Dictionary<(int File, long Line), Answer> _answers = [];

    public delegate ReadOnlySpan<byte> MessageOf(ReadOnlySpan<byte> line);

    /// <summary>Reads the whole recording once; nothing to do for other exchanges.</summary>
    public void Scan(
        IReadOnlyList<string> files, bool mayHaveSemicolons, MessageOf messageOf, CancellationToken cancellation)
    {
        if (market.Exchange != "binance")
            return;
        for (var i = 0; i < files.Count; i++)
        {
            using var lines = new RecordingLines(files[i], mayHaveSemicolons);
            while (lines.TryRead(out var line))
            {
                cancellation.ThrowIfCancellationRequested();
                Take(messageOf(line), i, lines.Number);
            }
        }
    }

    /// <summary>The path that was asked for the answer at this place; false where the line is no such answer.</summary>
    public bool TryPath(int file, long line, out byte[] path)
    {
        path = [];
        if (!_answers.TryGetValue((file, line), out var answer) || SymbolOf(answer) is not { } symbol)
            return false;
        var api = market.Market switch
        {
            "usdm" => "/fapi/v1",
            "coinm" => "/dapi/v1",
            _ => "/api/v3",
        };
        path = Encoding.ASCII.GetBytes($"{api}/depth?symbol={symbol}&limit=1000");
        return true;
    }

    void Take(ReadOnlySpan<byte> message, int file, long line)
    {
        if (message.StartsWith("{\"lastUpdateId\":"u8))
        {
            _answers[(file, line)] = new Answer(
                Number(message, "\"lastUpdateId\":"u8), Price(message, "\"bids\":[[\""u8),
                Text(message, "\"symbol\":\""u8));
            return;
        }

        // Partial books (@depth5) carry lastUpdateId in band and no U: they say nothing here.
        if (!message.Contains((byte)'@') || message.IndexOf("\"e\":\"depthUpdate\""u8) < 0)
            return;
        if (Text(message, "\"s\":\""u8) is not { } symbol)
            return;
        if (!_streams.TryGetValue(symbol, out var stream))
            _streams.Add(symbol, stream = new DepthStream());
        stream.Ranges.Add((Number(message, "\"U\":"u8), Number(message, "\"u\":"u8)));
        if (stream.Price == 0)
            stream.Price = Price(message, "\"b\":[[\""u8);
    }

    string? SymbolOf(Answer answer)
    {
        if (answer.Symbol is not null)
            return answer.Symbol;
        if (_streams.Count < 2)
            return _streams.Keys.FirstOrDefault();
        // The document's rule: the first event to apply has U <= lastUpdateId + 1 <= u (spot), U <= lastUpdateId <= u
        // (futures).
        var fitting = _streams.Where(x => x.Value.Spans(answer.LastUpdateId)).ToList();
        return (fitting.Count > 0 ? fitting : [.. _streams])
            .MinBy(x => Distance(x.Value.Price, answer.Price)).Key;
    }

    static double Distance(double one, double other) =>
        one > 0 && other > 0 ? Math.Abs(Math.Log(one / other)) : double.MaxValue;

    static long Number(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        var at = message.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(message[(at + name.Length)..], out long value, out _) ? value : 0;
    }

    /// <summary>Only to tell symbols apart, so a binary float will do; 0 where there is none.</summary>
    static double Price(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        var at = message.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(message[(at + name.Length)..], out double value, out _) ? value : 0;
    }

    static string? Text(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        var at = message.IndexOf(name);
        if (at < 0)
            return null;
        var rest = message[(at + name.Length)..];
        var end = rest.IndexOf((byte)'"');
        return end < 0 ? null : Encoding.UTF8.GetString(rest[..end]).ToUpperInvariant();
    }

    readonly record struct Answer(long LastUpdateId, double Price, string? Symbol);

    sealed class DepthStream
    {
        public List<(long First, long Last)> Ranges { get; } = [];

        public double Price { get; set; }

        public bool Spans(long id) => Ranges.Exists(x => x.First <= id + 1 && id <= x.Last);
    }
}
