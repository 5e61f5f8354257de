using System.Text.Json;
using Ticklake.Exchanges.Mexc;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Mexc;

/// <summary>
/// A wrapper cut behind its channel, symbol or time is a wrapper without a body, which real servers send too: it is ignored.
/// The body comes last and knows its own length, so no cut lets half of one through.
/// </summary>
public sealed class MexcContractTests()
    : ExchangeContractTests(new MexcExchange(), "Mexc", "pushes", "answers", "odd")
{
    protected override byte[] FrameOf(string line) => MexcFrames.Of(line);

    protected override bool IsWhole(ReadOnlySpan<byte> cut) => MexcFrames.IsEnvelope(cut);

    protected override bool IsWellFormed(ReadOnlySpan<byte> frame) =>
        frame[0] == '{' ? IsJsonObject(frame) : MexcFrames.IsEnvelope(frame);

    static bool IsJsonObject(ReadOnlySpan<byte> frame)
    {
        try
        {
            var reader = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = 128 });
            return JsonDocument.TryParseValue(ref reader, out var document)
                && document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
