namespace Ticklake.Exchanges.Protobuf;

/// <summary>How a field's value is written.</summary>
enum WireType : byte
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    GroupStart = 3,
    GroupEnd = 4,
    Fixed32 = 5,
}

/// <summary>
/// Tags of the fields numbered 1 to 15, as they stand on the wire: the number × 8 + the wire type. A field of a known number
/// but another wire type is an unknown field and has another tag.
/// </summary>
static class ProtobufTag
{
    public const uint Bytes1 = (1 << 3) | (uint)WireType.Bytes;
    public const uint Bytes2 = (2 << 3) | (uint)WireType.Bytes;
    public const uint Bytes3 = (3 << 3) | (uint)WireType.Bytes;
    public const uint Bytes4 = (4 << 3) | (uint)WireType.Bytes;
    public const uint Bytes5 = (5 << 3) | (uint)WireType.Bytes;
    public const uint Bytes6 = (6 << 3) | (uint)WireType.Bytes;
    public const uint Bytes7 = (7 << 3) | (uint)WireType.Bytes;
    public const uint Bytes8 = (8 << 3) | (uint)WireType.Bytes;
    public const uint Varint2 = 2 << 3;
    public const uint Varint3 = 3 << 3;
    public const uint Varint4 = 4 << 3;
    public const uint Varint5 = 5 << 3;
    public const uint Varint6 = 6 << 3;
    public const uint Varint9 = 9 << 3;

    /// <summary>The tag's field number.</summary>
    public static uint NumberOf(uint tag) => tag >> 3;

    public static bool IsBytes(uint tag) => (tag & 7) == (uint)WireType.Bytes;
}
