using System.Text;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Okx;

/// <summary>One stream seen on the connection, named as frames write it: <c>books","instId":"BTC-USDT</c>.</summary>
sealed class OkxStream(byte[] name, OkxStreamKind kind, StreamKey key) : NamedStream(name, key)
{
    public OkxStreamKind Kind { get; } = kind;

    /// <summary>As payloads write it.</summary>
    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(key.Symbol);

    /// <summary>Amounts are contracts and the base currency's volume stands in another column (okx.md 4.5, 4.6).</summary>
    public bool IsDerivative { get; } = OkxInstruments.IsDerivative(key.Symbol);

    /// <summary>The subscription was given back: its next acknowledgement begins a new one.</summary>
    public bool IsLeft { get; set; }

    /// <summary>
    /// Acknowledged and nothing delivered since: the first trade to come is the last one from before (okx.md 4.4).
    /// </summary>
    public bool AwaitsFirst { get; set; }
}
