using Ticklake.Core.Events;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>The streams of a connection by channel and product. On its session's thread.</summary>
sealed class CoinbaseStreams
{
    readonly NamedStreams<CoinbaseStream>[] _open =
        [.. Enum.GetValues<CoinbaseStreamKind>().Select(_ => new NamedStreams<CoinbaseStream>())];

    // Streams that the frame at hand named for the first time: they are opened once it has been read to its end.
    readonly List<CoinbaseStream> _new = [];

    public void BeginFrame() => _new.Clear();

    public CoinbaseStream? FindOpen(CoinbaseStreamKind kind, ReadOnlySpan<byte> product) =>
        _open[(int)kind].FindOpen(product);

    /// <summary>The stream, open or new; null if the text is no product's name.</summary>
    public CoinbaseStream? Find(CoinbaseStreamKind kind, ReadOnlySpan<byte> product) =>
        _open[(int)kind].FindOpen(product) ?? FindNew(kind, product);

    /// <summary>The slot of a stream whose frame has been read to its end.</summary>
    public StreamSlot SlotOf(CoinbaseStream stream, IEventWriter writer)
    {
        if (stream.IsLeft)
        {
            stream.IsLeft = false;
            stream.Slot = writer.Open(stream.Key, StreamTags.Empty);
        }

        return _open[(int)stream.Kind].SlotOf(stream, writer);
    }

    CoinbaseStream? FindNew(CoinbaseStreamKind kind, ReadOnlySpan<byte> product)
    {
        foreach (var known in _new)
        {
            if (known.Kind == kind && product.SequenceEqual(known.Name))
                return known;
        }

        if (!CoinbaseInstruments.IsProduct(product))
            return null;
        var stream = new CoinbaseStream(product.ToArray(), kind, CoinbaseChannels.KeyOf(kind, product));
        _new.Add(stream);
        return stream;
    }
}
