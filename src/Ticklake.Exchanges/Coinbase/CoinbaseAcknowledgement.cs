using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// <c>subscriptions</c> frames, which answer every request of either API with the complete present set of channels and
/// products: what is new in it was subscribed, what is gone from it was given back. On its session's thread.
/// </summary>
sealed class CoinbaseAcknowledgement(CoinbaseStreams streams)
{
    readonly List<CoinbaseStream> _subscribed = [];
    readonly List<CoinbaseStream> _listed = [];

    /// <summary>The last of them as it was received, or null.</summary>
    public byte[]? Frame { get; private set; }

    public void BeginFrame() => _listed.Clear();

    /// <summary>
    /// One element of Advanced Trade's <c>events</c>, from after its brace: <c>{"subscriptions":{"level2":["BTC-
    /// USD"]}}</c>.
    /// </summary>
    public bool TryTakeEvent(ref JsonCursor cursor)
    {
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            if (!(key.SequenceEqual("subscriptions"u8) ? TryTakeSet(ref cursor) : cursor.Skip()))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}');
    }

    /// <summary>
    /// Exchange's, from its first member to its brace: <c>"channels":[{"name":"matches","product_ids":["BTC-
    /// USD"]}]</c>.
    /// </summary>
    public bool TryTakeOfExchange(ref JsonCursor cursor)
    {
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            if (!(key.SequenceEqual("channels"u8) ? TryTakeChannels(ref cursor) : cursor.Skip()))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}');
    }

    /// <summary>Opens what is new and tells what has changed.</summary>
    public void Write(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        Frame = frame.ToArray();
        var changes = 0;
        for (var i = _subscribed.Count - 1; i >= 0; i--)
        {
            var stream = _subscribed[i];
            if (_listed.Contains(stream))
                continue;
            stream.IsLeft = true;
            _subscribed.RemoveAt(i);
            Tell(NoticeKind.Unsubscribed, stream, writer);
            changes++;
        }

        foreach (var stream in _listed)
        {
            if (_subscribed.Contains(stream))
                continue;
            _subscribed.Add(stream);
            streams.SlotOf(stream, writer);
            Tell(NoticeKind.Subscribed, stream, writer);
            changes++;
        }

        if (changes == 0)
            writer.Notice(new ServerNotice(NoticeKind.Other) { Text = "subscriptions" });
    }

    /// <summary>Takes one back: its streams are open, and that is no news.</summary>
    public void Restore(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        Frame = frame.ToArray();
        foreach (var stream in _listed)
        {
            if (_subscribed.Contains(stream))
                continue;
            _subscribed.Add(stream);
            streams.SlotOf(stream, writer);
        }
    }

    static void Tell(NoticeKind kind, CoinbaseStream stream, IEventWriter writer) => writer.Notice(new ServerNotice(kind)
    {
        Stream = stream.Slot,
        StreamKey = stream.Key,
        Text = CoinbaseChannels.NameOf(stream.Kind),
    });

    bool TryTakeSet(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'{'))
            return false;
        if (cursor.Take((byte)'}'))
            return true;
        do
        {
            if (!cursor.TakeKey(out var name))
                return false;
            var isTaken = CoinbaseChannels.TryOfAdvancedTrade(name, out var kind)
                ? TryTakeProducts(ref cursor, kind)
                : cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}');
    }

    bool TryTakeChannels(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!cursor.Take((byte)'{') || !TryTakeChannel(ref cursor))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeChannel(ref JsonCursor cursor)
    {
        ReadOnlySpan<byte> name = default;
        var products = cursor;
        var hasProducts = false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isName = key.SequenceEqual("name"u8);
            if (key.SequenceEqual("product_ids"u8))
            {
                products = cursor;
                hasProducts = cursor.Next() == '[';
            }

            if (!(isName ? cursor.TakeString(out name) : cursor.Skip()))
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}'))
            return false;
        return !hasProducts || !CoinbaseChannels.TryOfExchange(name, out var kind) || TryTakeProducts(ref products, kind);
    }

    bool TryTakeProducts(ref JsonCursor cursor, CoinbaseStreamKind kind)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!cursor.TakeString(out var product) || streams.Find(kind, product) is not { } stream)
                return false;
            if (!_listed.Contains(stream))
                _listed.Add(stream);
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }
}
