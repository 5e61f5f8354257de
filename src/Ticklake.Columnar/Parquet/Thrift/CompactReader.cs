using System.Text;

namespace Ticklake.Columnar.Parquet.Thrift;

/// <summary>
/// Reads structs of the Thrift compact protocol out of bytes that may be hostile: every length is checked against what
/// is
/// left before it is believed.
/// </summary>
ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    // Deeper than any struct of parquet.thrift; ends a maliciously nested field that is only skipped.
    const int DeepestNesting = 32;

    readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    readonly int Remaining => _bytes.Length - Position;

    /// <summary>The next field of a struct; false at its end. <paramref name="field"/> is 0 before the first.</summary>
    public bool NextField(ref short field, out CompactType type)
    {
        var header = ReadByte();
        type = (CompactType)(header & 0x0F);
        if (header == 0)
            return false;
        if (type is CompactType.Stop or > CompactType.Struct)
            throw Fault("a field has an unknown type");
        field = header >> 4 == 0
            ? (short)ReadInteger(short.MinValue, short.MaxValue)
            : (short)(field + (header >> 4));
        return true;
    }

    public bool ReadBool(CompactType type) => type switch
    {
        CompactType.True => true,
        CompactType.False => false,
        _ => throw Fault($"a field is {type}, not a boolean"),
    };

    public sbyte ReadInt8(CompactType type)
    {
        Expect(type, CompactType.Byte);
        return (sbyte)ReadByte();
    }

    public int ReadInt32(CompactType type)
    {
        Expect(type, CompactType.Int32);
        return (int)ReadInteger(int.MinValue, int.MaxValue);
    }

    public long ReadInt64(CompactType type)
    {
        Expect(type, CompactType.Int64);
        return ReadInteger(long.MinValue, long.MaxValue);
    }

    public ReadOnlySpan<byte> ReadBinary(CompactType type)
    {
        Expect(type, CompactType.Binary);
        var length = ReadVarint();
        if (length > (ulong)Remaining)
            throw Fault("a string reaches beyond the end");
        var value = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return value;
    }

    public string ReadText(CompactType type) => Encoding.UTF8.GetString(ReadBinary(type));

    /// <summary>The number of elements, each of which takes at least a byte.</summary>
    public int ReadList(CompactType type, CompactType wanted)
    {
        Expect(type, CompactType.List);
        var count = ReadListHeader(out var element);
        if (count > 0)
            Expect(element, wanted);
        return count;
    }

    /// <summary>A list of booleans, a byte each; their element type is written as either of two.</summary>
    public bool[] ReadBools(CompactType type)
    {
        Expect(type, CompactType.List);
        var flags = new bool[ReadListHeader(out var element)];
        if (flags.Length > 0 && element is not (CompactType.True or CompactType.False))
            throw Fault($"a list is of {element}, not of booleans");
        foreach (ref var flag in flags.AsSpan())
            flag = ReadByte() == (byte)CompactType.True;
        return flags;
    }

    public void ExpectStruct(CompactType type) => Expect(type, CompactType.Struct);

    public void Skip(CompactType type, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw Fault("structs are nested too deeply");
        switch (type)
        {
            case CompactType.True or CompactType.False:
                break;
            case CompactType.Byte:
                ReadByte();
                break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64:
                ReadVarint();
                break;
            case CompactType.Double:
                Advance(8);
                break;
            case CompactType.Binary:
                ReadBinary(type);
                break;
            case CompactType.List or CompactType.Set:
                SkipList(depth);
                break;
            case CompactType.Map:
                SkipMap(depth);
                break;
            case CompactType.Struct:
                short field = 0;
                while (NextField(ref field, out var inner))
                    Skip(inner, depth + 1);
                break;
            default:
                throw Fault("a field has an unknown type");
        }
    }

    void SkipList(int depth)
    {
        var count = ReadListHeader(out var element);
        for (var i = 0; i < count; i++)
            SkipElement(element, depth);
    }

    void SkipMap(int depth)
    {
        var count = ReadVarint();
        if (count > (ulong)Remaining)
            throw Fault("a map reaches beyond the end");
        if (count == 0)
            return;
        var types = ReadByte();
        for (var i = 0UL; i < count; i++)
        {
            SkipElement((CompactType)(types >> 4), depth);
            SkipElement((CompactType)(types & 0x0F), depth);
        }
    }

    // Inside a list a boolean is a byte of its own, where in a struct its type says it all.
    void SkipElement(CompactType type, int depth)
    {
        if (type is CompactType.True or CompactType.False)
            ReadByte();
        else
            Skip(type, depth + 1);
    }

    int ReadListHeader(out CompactType element)
    {
        var header = ReadByte();
        element = (CompactType)(header & 0x0F);
        var count = header >> 4 == 15 ? ReadVarint() : (ulong)(header >> 4);
        if (count > (ulong)Remaining)
            throw Fault("a list reaches beyond the end");
        return (int)count;
    }

    long ReadInteger(long min, long max)
    {
        var raw = ReadVarint();
        var value = (long)(raw >> 1) ^ -(long)(raw & 1);
        return value >= min && value <= max ? value : throw Fault("an integer is out of range");
    }

    ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = ReadByte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }

        throw Fault("an integer is longer than 64 bits");
    }

    byte ReadByte() => Remaining > 0 ? _bytes[Position++] : throw Fault("it ends too early");

    void Advance(int count)
    {
        if (Remaining < count)
            throw Fault("it ends too early");
        Position += count;
    }

    readonly void Expect(CompactType type, CompactType wanted)
    {
        if (type != wanted)
            throw Fault($"a field is {type}, not {wanted}");
    }

    readonly InvalidDataException Fault(string what) => new($"Parquet metadata at its byte {Position}: {what}.");
}
