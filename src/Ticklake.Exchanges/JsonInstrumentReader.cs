using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges;

/// <summary>
/// Reads instrument lists that are JSON documents. An exchange says which requests, and what one answer holds; an answer
/// that is not as documented is told, never thrown. A list is read at start and a few times a day: a DOM is good enough.
/// </summary>
public abstract class JsonInstrumentReader : IInstrumentReader
{
    readonly List<Instrument> _instruments = [];

    public RestRequest? Next { get; protected set; }

    public IReadOnlyList<Instrument> Instruments => _instruments;

    public string? Take(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            Read(document.RootElement);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or IndexOutOfRangeException)
        {
            return $"the list of instruments is not as documented ({Next?.PathAndQuery})";
        }
    }

    /// <summary>Reads one answer: adds what it lists and sets <see cref="Next"/>.</summary>
    protected abstract void Read(JsonElement root);

    protected void Add(Instrument instrument) => _instruments.Add(instrument);

    /// <summary>A member's text; empty where it is missing or no string.</summary>
    protected static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A member's number, written as number or as text; none where it is missing, empty or no number.</summary>
    protected static ExactDecimal Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? Number(value) : ExactDecimal.None;

    protected static ExactDecimal Number(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!
            : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";
        return text.Length > 0 && ExactDecimal.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var number)
            ? number
            : ExactDecimal.None;
    }

    /// <summary>The step of so many decimals: 2 gives 0.01.</summary>
    protected static ExactDecimal Step(int decimals) => new(1, decimals);
}
