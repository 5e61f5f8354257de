using System.Text.Json;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// The members of a journal line in any order and spacing: the slow way, for files that others wrote or edited.
/// </summary>
readonly ref struct JournalLineMembers
{
    public JournalLineMembers(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var hasTime = false;
        var hasKind = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("t"u8))
                (Time, hasTime) = (reader.GetInt64(), true);
            else if (name.SequenceEqual("k"u8))
                hasKind = TryKind(reader.ValueSpan, out Kind);
            else if (name.SequenceEqual("n"u8))
                Imported = reader.GetInt64();
            else if (name.SequenceEqual("c"u8) && reader.TokenType == JsonTokenType.Number)
                Status = reader.GetInt32();
            else if (name.SequenceEqual("u"u8) && reader.TokenType == JsonTokenType.String)
                Path = Unescaped(reader.ValueSpan, reader.ValueIsEscaped);
            else if (name.SequenceEqual("e"u8) && reader.TokenType == JsonTokenType.String)
                Name = Unescaped(reader.ValueSpan, reader.ValueIsEscaped);
            else if (name.SequenceEqual("text"u8))
                IsText = reader.TokenType == JsonTokenType.True;
            else if (name.SequenceEqual("has_data"u8))
                HasData = reader.TokenType == JsonTokenType.True;
            else if (name.SequenceEqual("batches"u8) && reader.TokenType == JsonTokenType.Number)
                Batches = reader.GetInt64();
            else if (name.SequenceEqual("s"u8) && reader.TokenType == JsonTokenType.String)
            {
                Message = reader.ValueSpan;
                Form = FrameForm.Text;
            }
            else if (name.SequenceEqual("b"u8) && reader.TokenType == JsonTokenType.String)
            {
                Message = reader.ValueSpan;
                Form = FrameForm.Binary;
            }
            else if (name.SequenceEqual("m"u8))
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                Message = text[start..(int)reader.BytesConsumed];
                Form = FrameForm.Json;
            }
            else
                reader.Skip();
        }

        IsWhole = hasTime && hasKind && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    /// <summary>It is one JSON object and has what every line must have.</summary>
    public readonly bool IsWhole;

    public readonly JournalLineKind Kind;

    public readonly long Time;

    public readonly long Imported;

    public readonly int Status;

    /// <summary>Base64 holds a broken text message, not a binary one.</summary>
    public readonly bool IsText;

    /// <summary>A context line's subscription has already delivered.</summary>
    public readonly bool HasData;

    /// <summary>Bulk frames the connection had brought when a context line was written.</summary>
    public readonly long Batches;

    public readonly FrameForm Form;

    public readonly ReadOnlySpan<byte> Message;

    public readonly ReadOnlySpan<byte> Path;

    public readonly ReadOnlySpan<byte> Name;

    static bool TryKind(ReadOnlySpan<byte> text, out JournalLineKind kind)
    {
        var index = text.Length == 1 ? "<>r!"u8.IndexOf(text[0]) : -1;
        kind = (JournalLineKind)Math.Max(index, 0);
        return index >= 0;
    }

    static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> value, bool isEscaped)
    {
        if (!isEscaped)
            return value;
        var target = new byte[value.Length];
        return target.AsSpan(0, Math.Max(0, JsonText.Unescape(value, target)));
    }
}
