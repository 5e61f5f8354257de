using Ticklake.Columnar.Arrow.Messages;

namespace Ticklake.Columnar.Arrow.Reading;

/// <summary>The dictionaries of a file, each read when a column first needs it, and then kept.</summary>
sealed class FileDictionaries
{
    const int BufferCount = 3;

    readonly ColumnDecoder _decoder;
    readonly int _maxBytes;
    readonly Dictionary<long, List<BatchHeader>> _batches = [];
    readonly Dictionary<(long Id, bool IsLarge), TextColumn> _read = [];

    public FileDictionaries(
        IReadOnlyList<FileBlock> blocks, MessageReader messages, ColumnDecoder decoder, ArrowReaderOptions options)
    {
        _decoder = decoder;
        _maxBytes = options.MaxBufferBytes;
        foreach (var block in blocks)
        {
            var header = messages.ReadDictionary(block);
            header.Batch.Require(1, BufferCount);
            // Columnar format, "IPC file format": one batch begins a dictionary, others may only add to it.
            if (header.IsDelta != _batches.ContainsKey(header.Id))
                throw new InvalidDataException($"dictionary {header.Id} is begun twice or never");
            if (!_batches.TryGetValue(header.Id, out var batches))
                _batches.Add(header.Id, batches = []);
            batches.Add(header.Batch);
        }
    }

    /// <summary>The entries of a dictionary; none where the file does not have it, as for a column of nulls.</summary>
    public TextColumn Read(ArrowField field)
    {
        var key = (field.Indices!.Dictionary, field.IsLarge);
        if (_read.TryGetValue(key, out var texts))
            return texts;
        var batches = _batches.GetValueOrDefault(key.Dictionary) ?? [];
        texts = batches.Count == 1
            ? _decoder.ReadTexts(batches[0], field.IsLarge)
            : Join(batches, field.IsLarge);
        _read.Add(key, texts);
        return texts;
    }

    TextColumn Join(List<BatchHeader> batches, bool isLarge)
    {
        var bytes = new ByteBuffer();
        var places = new List<TextPlace>();
        var nulls = new List<bool>();
        foreach (var batch in batches)
        {
            var texts = _decoder.ReadTexts(batch, isLarge);
            if (texts.Bytes.Length > _maxBytes - bytes.Length)
                throw new InvalidDataException($"its dictionary takes more than {_maxBytes} bytes");
            var start = bytes.Length;
            bytes.Write(texts.Bytes);
            places.AddRange(texts.Places.Select(place => place with { Start = place.Start + start }));
            nulls.AddRange(texts.IsNull ?? new bool[texts.Places.Length]);
        }

        return new TextColumn(bytes.Written.ToArray(), [.. places], nulls.Contains(true) ? [.. nulls] : null);
    }
}
