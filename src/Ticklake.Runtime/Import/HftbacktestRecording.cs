using Ticklake.Core.Time;

namespace Ticklake.Runtime.Import;

/// <summary>
/// hftbacktest's collector: <c>&lt;receive time&gt; &lt;message&gt;</c> a line, several files one session. A REST depth
/// answer is a line of its own that does not name its symbol.
/// </summary>
sealed class HftbacktestRecording(ImportRequest request, ImportJournals journals)
{
    readonly DepthAnswers _answers = new(request.Market);

    public void Import(CancellationToken cancellation)
    {
        _answers.Scan(request.Files, mayHaveSemicolons: false, Message, cancellation);
        for (var i = 0; i < request.Files.Count; i++)
        {
            using var lines = new RecordingLines(request.Files[i]);
            journals.EnterFile(i);
            while (lines.TryRead(out var line))
            {
                cancellation.ThrowIfCancellationRequested();
                Take(line, i, lines.Number);
            }
        }
    }

    void Take(ReadOnlySpan<byte> line, int file, long number)
    {
        var message = Message(line);
        if (!TryTime(line, out var t) || message.IsEmpty)
        {
            journals.Begin(0, "", ReceiveTime.Synthetic(0));
            journals.Oddity(0, line, number, "no receive time of 13, 16 or 19 digits before the message");
            return;
        }

        journals.Begin(0, "", t);
        if (_answers.TryPath(file, number, out var path))
            journals.Answer(0, path, 200, message, t, number);
        else
            journals.Received(0, message, t, binary: false, number);
    }

    /// <summary>Whether the line is of this format.</summary>
    public static bool IsOne(ReadOnlySpan<byte> line) => TryTime(line, out _) && !Message(line).IsEmpty;

    static bool TryTime(ReadOnlySpan<byte> line, out TimestampNs t)
    {
        t = default;
        var space = line.IndexOf((byte)' ');
        return space > 0 && ReceiveTime.TryParseWhole(line[..space], out t);
    }

    static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> line) => line[(line.IndexOf((byte)' ') + 1)..];
}
