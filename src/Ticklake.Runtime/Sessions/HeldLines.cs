using System.Buffers;
using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// The journal lines of a session that waits for the one before it to close (adr/0003): in the journal already, kept here
/// until they may be processed. Session thread only.
/// </summary>
sealed class HeldLines
{
    readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    readonly List<Held> _lines = [];

    public long Bytes => _bytes.WrittenCount;

    public void Add(in JournalLine line)
    {
        var start = _bytes.WrittenCount;
        _bytes.Write(line.Payload);
        _bytes.Write(line.Path);
        _bytes.Write(line.Occurrence);
        _lines.Add(
            new Held(
                line.Kind,
                line.Time,
                line.LineNumber,
                start,
                line.Payload.Length,
                line.Path.Length,
                line.Occurrence.Length,
                line.Status,
                line.IsBinary));
    }

    public void PourInto(MarketPipeline pipeline)
    {
        foreach (var held in _lines)
        {
            var bytes = _bytes.WrittenSpan[held.Start..];
            pipeline.Process(
                new JournalLine
                {
                    Kind = held.Kind,
                    Time = held.Time,
                    LineNumber = held.LineNumber,
                    Payload = bytes[..held.Payload],
                    Path = bytes.Slice(held.Payload, held.Path),
                    Occurrence = bytes.Slice(held.Payload + held.Path, held.Occurrence),
                    Status = held.Status,
                    IsBinary = held.IsBinary,
                });
        }
    }

    readonly record struct Held(
        JournalLineKind Kind,
        TimestampNs Time,
        long LineNumber,
        int Start,
        int Payload,
        int Path,
        int Occurrence,
        int Status,
        bool IsBinary);
}
