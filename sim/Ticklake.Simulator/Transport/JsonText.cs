using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ticklake.Simulator.Transport;

/// <summary>The JSON settings of everything the simulator reads and writes itself.</summary>
static class JsonText
{
    /// <summary>Escapes only what JSON demands, so that symbols and quoted frames stay readable.</summary>
    public static JavaScriptEncoder Plain => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A property's string or number as text; null where it is missing or of another kind.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
}
