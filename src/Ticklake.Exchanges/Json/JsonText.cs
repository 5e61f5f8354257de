using System.Text;
using System.Text.Json;

namespace Ticklake.Exchanges.Json;

/// <summary>
/// Strings out of the raw bytes that <see cref="JsonCursor"/> gives; for names and notices, not for the hot path.
/// </summary>
static class JsonText
{
    /// <summary>What stands between a string's quotes; empty for any other value.</summary>
    public static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;

    /// <summary>The text that these bytes between two quotes stand for.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(raw);
        var quoted = new byte[raw.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        try
        {
            return reader.Read() ? reader.GetString()! : "";
        }
        catch (Exception fault) when (fault is InvalidOperationException or JsonException)
        {
            // Half a surrogate pair is JSON but no text.
            return Encoding.UTF8.GetString(raw);
        }
    }
}
