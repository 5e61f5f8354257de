using System.Buffers.Binary;

namespace Ticklake.Simulator.Transport;

/// <summary>Reads the frames of a client (RFC 6455 section 5): small, masked, seldom fragmented.</summary>
sealed class ClientFrames(Stream stream)
{
    const int LargestFrame = 1024 * 1024;

    readonly byte[] _header = new byte[14];

    /// <summary>The next frame, unmasked; null at the end of the stream.</summary>
    public async Task<ClientFrame?> ReadAsync(CancellationToken cancellation)
    {
        if (await stream.ReadAtLeastAsync(_header.AsMemory(0, 2), 2, false, cancellation).ConfigureAwait(false) < 2)
            return null;
        var length = _header[1] & 0x7F;
        var extra = length switch { 126 => 2, 127 => 8, _ => 0 };
        await stream.ReadExactlyAsync(_header.AsMemory(2, extra + 4), cancellation).ConfigureAwait(false);
        var total = extra switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
            8 => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
            _ => length,
        };
        if (total is < 0 or > LargestFrame || (_header[1] & 0x80) == 0)
            return null;
        var payload = new byte[total];
        await stream.ReadExactlyAsync(payload, cancellation).ConfigureAwait(false);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= _header[2 + extra + (i & 3)];
        return new((Opcode)(_header[0] & 0x0F), (_header[0] & 0x80) != 0, payload);
    }
}

/// <summary>One frame of a client.</summary>
sealed record ClientFrame(Opcode Opcode, bool IsFinal, byte[] Payload);
