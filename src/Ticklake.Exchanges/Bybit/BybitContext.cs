using System.Buffers;
using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// Frames that a journal file begins with after a rotation: the snapshot the exchange would send if the stream were
/// asked for at this moment, with the values as they were written.
/// </summary>
static class BybitContext
{
    /// <summary>Null where the stream's next message leaves nothing out.</summary>
    public static byte[]? FrameOf(BybitStream stream)
    {
        var isTicker = stream.Ticker is { IsKnown: true };
        if (!isTicker && !stream.HasBest)
            return null;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("topic", stream.Name);
            json.WriteString("type", "snapshot");
            if (isTicker)
                WriteTicker(json, stream.Ticker!, stream.Key);
            else
                WriteBest(json, stream.Best, stream.Key);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    static void WriteTicker(Utf8JsonWriter json, BybitTickerState state, StreamKey key)
    {
        WriteTime(json, "ts", state.Stamp.ExchangeTimeUs);
        if (state.Stamp.Seq != EventStamp.None)
            json.WriteNumber("cs", state.Stamp.Seq);
        json.WriteStartObject("data");
        json.WriteString("symbol", key.Symbol);
        for (var field = 0; field < BybitTickerFields.Count; field++)
        {
            if (state.Values[field].IsNone)
                continue;
            json.WritePropertyName(BybitTickerFields.NameOf(field));
            WriteNumber(json, state.Values[field]);
        }

        json.WriteEndObject();
    }

    static void WriteBest(Utf8JsonWriter json, in BookTickerEvent best, StreamKey key)
    {
        WriteTime(json, "ts", best.Stamp.ExchangeTimeUs);
        json.WriteStartObject("data");
        json.WriteString("s", key.Symbol);
        WriteSide(json, "b", best.Bid, best.BidSize);
        WriteSide(json, "a", best.Ask, best.AskSize);
        json.WriteNumber("u", best.UpdateId);
        if (best.Stamp.Seq != EventStamp.None)
            json.WriteNumber("seq", best.Stamp.Seq);
        json.WriteEndObject();
    }

    static void WriteSide(Utf8JsonWriter json, string name, ExactDecimal price, ExactDecimal size)
    {
        json.WriteStartArray(name);
        if (!price.IsNone)
        {
            json.WriteStartArray();
            WriteNumber(json, price);
            WriteNumber(json, size);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    static void WriteNumber(Utf8JsonWriter json, ExactDecimal value)
    {
        Span<byte> text = stackalloc byte[ExactDecimal.MaxTextLength];
        json.WriteStringValue(text[..value.FormatOriginal(text)]);
    }

    static void WriteTime(Utf8JsonWriter json, string name, long microseconds) =>
        json.WriteNumber(name, microseconds / 1000);
}
