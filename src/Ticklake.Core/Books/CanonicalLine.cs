using System.Buffers;
using System.Globalization;
using Ticklake.Core.Numbers;

namespace Ticklake.Core.Books;

/// <summary>One line of the dump that books are compared by.</summary>
static class CanonicalLine
{
    // Side, two spaces, line feed and an id of at most 20 characters with its space.
    const int Overhead = 32;

    internal static int Write(
        IBufferWriter<byte> destination, byte side, long? orderId, in ExactDecimal price, in ExactDecimal amount)
    {
        var line = destination.GetSpan(Overhead + 2 * ExactDecimal.MaxTextLength);
        line[0] = side;
        line[1] = (byte)' ';
        var length = 2;
        if (orderId is { } id)
        {
            id.TryFormat(line[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
            line[length++] = (byte)' ';
        }

        length += price.FormatPlain(line[length..]);
        line[length++] = (byte)' ';
        length += amount.FormatPlain(line[length..]);
        line[length++] = (byte)'\n';
        destination.Advance(length);
        return length;
    }
}
