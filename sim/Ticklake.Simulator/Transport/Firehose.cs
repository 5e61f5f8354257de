using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Transport;

/// <summary>
/// Fills blocks of ready WebSocket frames from a connection's lanes in turn. Called by the connection's writer
/// whenever it
/// has nothing left to write, with the timeline's gate held.
/// </summary>
sealed class Firehose(long mostFrames)
{
    const int BlockBytes = 128 * 1024;
    const int LargestFrame = 4 * 1024;

    readonly byte[] _block = new byte[BlockBytes];
    readonly Utf8Text _text = new();
    readonly List<Lane> _lanes = [];
    long _sent;
    int _next;

    public void Add(FirehoseLane lane) => _lanes.Add(new(lane));

    public void Remove(FirehoseLane lane) => _lanes.RemoveAll(l => l.Source == lane);

    public FirehoseLane? Find(TruthStream stream) => _lanes.Find(l => l.Source.Stream == stream)?.Source;

    /// <summary>The next block and its number of frames; empty where there is nothing (more) to send.</summary>
    public ReadOnlySpan<byte> Fill(Action<Utf8Text, FirehoseLane> seal, out int frames)
    {
        var length = 0;
        frames = 0;
        while (_lanes.Count > 0 && length < BlockBytes - LargestFrame && (mostFrames == 0 || _sent < mostFrames))
        {
            var lane = _lanes[_next++ % _lanes.Count];
            _text.Clear();
            var isChecksum = lane.Source.WriteNext(_text);
            seal(_text, lane.Source);
            length += FramedSocket.WriteHeader(_block.AsSpan(length), Opcode.Text, _text.Length);
            _text.Written.CopyTo(_block.AsSpan(length));
            length += _text.Length;
            lane.Frames++;
            lane.Checksums += isChecksum ? 1 : 0;
            frames++;
            _sent++;
        }

        return _block.AsSpan(0, length);
    }

    /// <summary>Tells the truth log what the last block held.</summary>
    public void Count(TruthLog truth, TruthConnection connection)
    {
        foreach (var lane in _lanes)
        {
            var rows = (lane.Frames - lane.Checksums) * lane.Source.RowsPerFrame;
            truth.Run(connection, lane.Source.Stream, lane.Frames, rows, lane.Checksums);
            (lane.Frames, lane.Checksums) = (0, 0);
        }
    }

    sealed class Lane(FirehoseLane source)
    {
        public FirehoseLane Source => source;

        public long Frames { get; set; }

        public long Checksums { get; set; }
    }
}
