using System.Text;

namespace Ticklake.Columnar.Parquet.Thrift;

/// <summary>Writes structs of the Thrift compact protocol, as far as Parquet's metadata needs it.</summary>
sealed class CompactWriter(ByteBuffer output)
{
    readonly short[] _outerFields = new short[16];
    int _depth;
    short _lastField;

    public ByteBuffer Output => output;

    /// <summary>Begins a struct that no field header introduces: the outermost one, or a list's element.</summary>
    public void BeginStruct()
    {
        _outerFields[_depth++] = _lastField;
        _lastField = 0;
    }

    public void BeginStruct(short field)
    {
        Field(field, CompactType.Struct);
        BeginStruct();
    }

    public void EndStruct()
    {
        output.WriteByte((byte)CompactType.Stop);
        _lastField = _outerFields[--_depth];
    }

    /// <summary>A union's member that carries nothing (<c>StringType</c>, <c>MicroSeconds</c> …).</summary>
    public void EmptyStruct(short field)
    {
        BeginStruct(field);
        EndStruct();
    }

    public void Bool(short field, bool value) => Field(field, value ? CompactType.True : CompactType.False);

    public void Int16(short field, short value)
    {
        Field(field, CompactType.Int16);
        output.WriteZigZag(value);
    }

    public void Int32(short field, int value)
    {
        Field(field, CompactType.Int32);
        output.WriteZigZag(value);
    }

    public void Int64(short field, long value)
    {
        Field(field, CompactType.Int64);
        output.WriteZigZag(value);
    }

    public void Binary(short field, ReadOnlySpan<byte> value)
    {
        Field(field, CompactType.Binary);
        BinaryElement(value);
    }

    public void Text(short field, string value)
    {
        Field(field, CompactType.Binary);
        TextElement(value);
    }

    public void BeginList(short field, CompactType element, int count)
    {
        Field(field, CompactType.List);
        if (count < 15)
        {
            output.WriteByte((byte)((count << 4) | (int)element));
            return;
        }

        output.WriteByte((byte)(0xF0 | (int)element));
        output.WriteVarint((ulong)count);
    }

    public void BoolElement(bool value) => output.WriteByte((byte)(value ? CompactType.True : CompactType.False));

    public void IntElement(long value) => output.WriteZigZag(value);

    public void BinaryElement(ReadOnlySpan<byte> value)
    {
        output.WriteVarint((ulong)value.Length);
        output.Write(value);
    }

    public void TextElement(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        output.WriteVarint((ulong)length);
        Encoding.UTF8.GetBytes(value, output.GetSpan(length));
        output.Advance(length);
    }

    void Field(short field, CompactType type)
    {
        var delta = field - _lastField;
        if (delta is > 0 and <= 15)
        {
            output.WriteByte((byte)((delta << 4) | (int)type));
        }
        else
        {
            output.WriteByte((byte)type);
            output.WriteZigZag(field);
        }

        _lastField = field;
    }
}
