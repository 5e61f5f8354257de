using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Configuration;

/// <summary>Remembers where each stream was asked for: a second time is a fault.</summary>
sealed class WantedOnce(ConfigFaults faults)
{
    readonly Dictionary<StreamKey, int> _lines = [];

    /// <summary>False, and a fault, where the stream is wanted already.</summary>
    public bool TryAdd(StreamKey key, WantedStream wanted, string path)
    {
        if (_lines.TryAdd(key, wanted.Symbol.Line))
            return true;
        faults.Add(
            wanted.Symbol, MapShape.Join(path, StreamsSection.SymbolsKey),
            $"{key.ChannelName} of {wanted.Symbol.Shown} is wanted twice; it is already on line {_lines[key]}");
        return false;
    }
}
