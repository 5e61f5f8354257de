using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// An exchange that plays recordings: the first connection gets the first session, the next the second; the last
/// session
/// is played again to whoever still comes. REST answers come in recorded order, the last of a path again and again.
/// </summary>
sealed class RecordedVenue
{
    readonly IReadOnlyList<Recording> _recordings;
    readonly Dictionary<string, Queue<RecordedAnswer>> _answers;
    int _next;

    RecordedVenue(VenueParts parts, IReadOnlyList<Recording> recordings)
    {
        Parts = parts;
        _recordings = recordings;
        _answers = recordings.SelectMany(r => r.Answers).GroupBy(a => Place(a.PathAndQuery))
            .ToDictionary(g => g.Key, g => new Queue<RecordedAnswer>(g));
    }

    public VenueParts Parts { get; }

    /// <summary>One venue for each exchange that the recordings are of.</summary>
    public static List<RecordedVenue> Open(SimulatorOptions options, Timeline timeline, TruthLog truth,
        FaultBoard faults) =>
        [.. options.Recordings.Select(Recording.Read).GroupBy(r => r.Exchange)
            .Select(g => new RecordedVenue(new(g.Key, timeline, truth, faults, options), [.. g]))];

    public async Task ServeAsync(HttpContext context, string streams)
    {
        if (await WebSocketUpgrade.AcceptAsync(context).ConfigureAwait(false) is not { } socket)
            return;
        RecordedConnection connection;
        lock (Parts.Timeline.Gate)
        {
            var play = new RecordedPlay(
                context.Request.Path + context.Request.QueryString,
                streams.Split('/', StringSplitOptions.RemoveEmptyEntries),
                EndsAfterwards: _next < _recordings.Count - 1);
            var recording = _recordings[Math.Min(_next++, _recordings.Count - 1)];
            connection = new(Parts, socket, recording, play);
        }

        await connection.RunAsync(context.RequestAborted).ConfigureAwait(false);
    }

    public Task ServeRestAsync(HttpContext context)
    {
        var path = context.Request.Path.ToString()[(Parts.Exchange.Length + 2)..];
        return RestEndpoint.ServeAsync(context, Parts, path, () => Answer("/" + path + context.Request.QueryString));
    }

    RestAnswer Answer(string pathAndQuery)
    {
        if (!_answers.TryGetValue(Place(pathAndQuery), out var queue))
            return RestAnswer.Of(404, "{\"msg\":\"not in the recording\"}"u8);
        var answer = queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        return new(answer.Status, answer.Body);
    }

    /// <summary>Path and symbol: the depth asked for may differ from the recorded one.</summary>
    static string Place(string pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? pathAndQuery : pathAndQuery[..query];
        var symbol = query < 0 ? null : Array.Find(
            pathAndQuery[(query + 1)..].Split('&'), p => p.StartsWith("symbol=", StringComparison.OrdinalIgnoreCase));
        return path.TrimStart('/') + "?" + symbol;
    }
}
