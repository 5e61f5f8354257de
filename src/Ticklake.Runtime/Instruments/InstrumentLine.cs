using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Runtime.Instruments;

/// <summary>One line of an instrument file.</summary>
/// <param name="Time">When the exchange's list was read.</param>
/// <param name="Event"><c>listed</c>, <c>changed</c>, <c>delisted</c>; <c>read</c> where the whole list has been taken.</param>
/// <param name="Instrument">What it is about, or null.</param>
sealed record InstrumentLine(DateTimeOffset Time, string Event, Instrument? Instrument)
{
    public const string Read = "read";

    static readonly JsonWriterOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static InstrumentLine? TryRead(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var time = root.GetProperty("t").GetDateTimeOffset();
            var what = root.GetProperty("event").GetString()!;
            return new InstrumentLine(time, what, what == Read ? null : InstrumentOf(root));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The line with its end.</summary>
    public byte[] ToUtf8()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, AsIs))
        {
            json.WriteStartObject();
            json.WriteString("t", Time.UtcDateTime);
            json.WriteString("event", Event);
            if (Instrument is { } instrument)
            {
                json.WriteString("symbol", instrument.Symbol);
                json.WriteString("base", instrument.Base);
                json.WriteString("quote", instrument.Quote);
                json.WriteString("kind", instrument.Kind);
                json.WriteString("status", instrument.Status);
                Write(json, "tick_size", instrument.TickSize);
                Write(json, "lot_size", instrument.LotSize);
                Write(json, "contract_size", instrument.ContractSize);
            }

            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    static Instrument InstrumentOf(JsonElement root) => new(
        root.GetProperty("symbol").GetString()!,
        root.GetProperty("base").GetString()!,
        root.GetProperty("quote").GetString()!,
        root.GetProperty("kind").GetString()!,
        root.GetProperty("status").GetString()!,
        Number(root, "tick_size"),
        Number(root, "lot_size"),
        Number(root, "contract_size"));

    static ExactDecimal Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.GetString() is { } text
        && ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), out var number)
            ? number
            : ExactDecimal.None;

    static void Write(Utf8JsonWriter json, string name, in ExactDecimal number)
    {
        if (!number.IsNone)
            json.WriteString(name, number.ToString());
    }
}
