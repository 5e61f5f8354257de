using System.Buffers.Text;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// Puts one line together in memory that is known to be large enough. On the stack of the session's thread.
/// </summary>
ref struct JournalLineWriter(Span<byte> target)
{
    /// <summary>Bytes any line may take beside its path, members and message.</summary>
    public const int Overhead = 160;

    readonly Span<byte> _target = target;

    public int Length { get; private set; }

    public void Begin(TimestampNs time, ReadOnlySpan<byte> kind)
    {
        Raw("{\"t\":"u8);
        Number(time.Value);
        Raw(kind);
    }

    public void Imported(long line)
    {
        if (line == 0)
            return;
        Raw(",\"n\":"u8);
        Number(line);
    }

    public void Message(FrameForm form, ReadOnlySpan<byte> frame)
    {
        switch (form)
        {
            case FrameForm.Json:
                Raw(",\"m\":"u8);
                Raw(frame);
                break;
            case FrameForm.Text:
                Raw(",\"s\":\""u8);
                Escaped(frame);
                Raw("\""u8);
                break;
            default:
                Raw(form == FrameForm.Binary ? ",\"b\":\""u8 : ",\"text\":true,\"b\":\""u8);
                Base64.EncodeToUtf8(frame, _target[Length..], out _, out var written);
                Length += written;
                Raw("\""u8);
                break;
        }
    }

    public void End() => Raw("}\n"u8);

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_target[Length..]);
        Length += text.Length;
    }

    public void Escaped(ReadOnlySpan<byte> text) => Length += JsonText.Escape(text, _target[Length..]);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _target[Length..], out var written);
        Length += written;
    }
}
