using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Mexc;

/// <summary>One topic that has been seen on the connection, and what shows that a frame of it says nothing new.</summary>
sealed class MexcStream(byte[] topic, MexcStreamKind kind, StreamKey key) : NamedStream(topic, key)
{
    byte[] _lastBody = [];
    int _lastBodyLength;

    public MexcStreamKind Kind { get; } = kind;

    /// <summary>As frames write it.</summary>
    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(key.Symbol);

    /// <summary>A candle's interval as bodies write it.</summary>
    public byte[] Interval { get; } = kind == MexcStreamKind.Candle ? MexcTopic.IntervalOf(key.Variant) : [];

    /// <summary>Version of the last whole book, or <see cref="EventStamp.None"/>.</summary>
    public long LastVersion { get; set; } = EventStamp.None;

    /// <summary>The last quote's body.</summary>
    public ReadOnlySpan<byte> LastBody => _lastBody.AsSpan(0, _lastBodyLength);

    public void KeepBody(ReadOnlySpan<byte> body)
    {
        if (body.Length > _lastBody.Length)
            _lastBody = new byte[Math.Max(256, body.Length)];
        body.CopyTo(_lastBody);
        _lastBodyLength = body.Length;
    }
}
