using System.Buffers.Text;
using System.Text.Unicode;

namespace Ticklake.Runtime.Journal;

/// <summary>How a message stands in its journal line.</summary>
enum FrameForm : byte
{
    /// <summary><c>"m":</c> the bytes as they are: one-line JSON.</summary>
    Json,

    /// <summary><c>"s":</c> a JSON string: text that is no one-line JSON.</summary>
    Text,

    /// <summary><c>"b":</c> base64: a binary message.</summary>
    Binary,

    /// <summary><c>"text":true,"b":</c> base64: a text message that is not UTF-8.</summary>
    BrokenText,
}

/// <summary>Chooses the form of a message and knows its size.</summary>
static class FrameForms
{
    public static FrameForm Of(ReadOnlySpan<byte> frame, bool binary)
    {
        if (binary)
            return FrameForm.Binary;
        if (!Utf8.IsValid(frame))
            return FrameForm.BrokenText;
        return OneLineJson.IsValid(frame) ? FrameForm.Json : FrameForm.Text;
    }

    /// <summary>Bytes that name and value of the message take.</summary>
    public static int SizeOf(FrameForm form, ReadOnlySpan<byte> frame) => form switch
    {
        FrameForm.Json => frame.Length + 4,
        FrameForm.Text => JsonText.EscapedLength(frame) + 6,
        _ => Base64.GetMaxEncodedToUtf8Length(frame.Length) + 18,
    };
}
