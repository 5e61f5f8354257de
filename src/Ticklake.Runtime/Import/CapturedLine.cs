using System.Text;
using System.Text.Json;

namespace Ticklake.Runtime.Import;

/// <summary>
/// A line that is not a message but holds one: <c>{"t":"binary","hex":"0a2f…"}</c>, <c>{"t":"text","data":"…"}</c>,
/// <c>{"t":"http","url":"…","data":"…"}</c>, or hex digits alone. Binary protocols cannot be recorded as lines otherwise.
/// </summary>
readonly record struct CapturedLine(byte[] Message, bool IsBinary, string? Url)
{
    // Shorter ones could be a message of digits; a protobuf push is longer, and its first tag is 0a.
    const int ShortestHex = 16;

    /// <summary>False where the line is a message itself.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out CapturedLine captured)
    {
        captured = default;
        if (line.Length >= ShortestHex && (line.StartsWith("0a"u8) || line.StartsWith("0A"u8)))
            return TryHex(Encoding.UTF8.GetString(line), out captured);
        var head = line[..Math.Min(line.Length, 8)];
        return line[0] == '{' && (head.IndexOf("\"t\""u8) >= 0 || line.IndexOf("\"hex\""u8) >= 0) && TryJson(line, out captured);
    }

    static bool TryJson(ReadOnlySpan<byte> line, out CapturedLine captured)
    {
        captured = default;
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var row = document.RootElement;
            if (Text(row, "hex") is { } hex)
                return TryHex(hex, out captured);
            if (Text(row, "t") is not ("text" or "http") || Text(row, "data") is not { } data)
                return false;
            captured = new CapturedLine(Encoding.UTF8.GetBytes(data), IsBinary: false, Text(row, "url"));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static bool TryHex(string hex, out CapturedLine captured)
    {
        captured = default;
        if (hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
            return false;
        captured = new CapturedLine(Convert.FromHexString(hex), IsBinary: true, null);
        return true;
    }

    static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
