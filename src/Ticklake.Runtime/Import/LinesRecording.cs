using System.Text;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Import;

/// <summary>Messages alone, without receive times: they get synthetic ones.</summary>
sealed class LinesRecording(ImportRequest request, ImportJournals journals)
{
    readonly DepthAnswers _answers = new(request.Market);
    int _session;
    long _messages;

    public void Import(CancellationToken cancellation)
    {
        _answers.Scan(request.Files, mayHaveSemicolons: true, x => x, cancellation);
        for (var i = 0; i < request.Files.Count; i++)
        {
            using var lines = new RecordingLines(request.Files[i], mayHaveSemicolons: true);
            journals.EnterFile(i);
            while (lines.TryRead(out var message))
            {
                cancellation.ThrowIfCancellationRequested();
                Take(message, i, lines.Number);
            }
        }
    }

    void Take(ReadOnlySpan<byte> message, int file, long number)
    {
        // Bitfinex greets each connection first of all (protocols/bitfinex.md, general).
        if (_messages > 0 && request.Market.Exchange == "bitfinex"
            && message.StartsWith("{\"event\":\"info\",\"version\":"u8))
            _session++;
        var t = ReceiveTime.Synthetic(_messages++);
        journals.Begin(_session, "", t);
        if (CapturedLine.TryParse(message, out var captured))
            Take(captured, t, number);
        else if (_answers.TryPath(file, number, out var path))
            journals.Answer(_session, path, 200, message, t, number);
        else
            journals.Received(_session, message, t, binary: false, number);
    }

    void Take(CapturedLine captured, TimestampNs t, long number)
    {
        if (captured.Url is { } url)
            journals.Answer(_session, Encoding.UTF8.GetBytes(PathOf(url)), 200, captured.Message, t, number);
        else
            journals.Received(_session, captured.Message, t, captured.IsBinary, number);
    }

    static string PathOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : url;
}
