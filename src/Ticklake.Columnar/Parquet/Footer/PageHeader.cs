using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>A page's header as it was read; sizes and counts are not negative.</summary>
struct PageHeader
{
    public PageType Type;
    public int UncompressedSize;
    public int CompressedSize;
    public uint? Crc;
    public int Values;

    /// <summary>-1 where the header does not say.</summary>
    public int Nulls;
    public PageEncoding Encoding;
    public PageEncoding LevelEncoding;
    public int LevelBytes;
    public bool IsStored;

    /// <summary>Reads the header at the beginning of <paramref name="bytes"/>.</summary>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var thrift = new CompactReader(bytes);
        var page = new PageHeader { Type = (PageType)(-1), UncompressedSize = -1, CompressedSize = -1, Nulls = -1 };
        page.LevelEncoding = PageEncoding.Rle;
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    page.Type = (PageType)thrift.ReadInt32(type);
                    break;
                case 2:
                    page.UncompressedSize = thrift.ReadInt32(type);
                    break;
                case 3:
                    page.CompressedSize = thrift.ReadInt32(type);
                    break;
                case 4:
                    page.Crc = (uint)thrift.ReadInt32(type);
                    break;
                case 5 or 7:
                    thrift.ExpectStruct(type);
                    page.ReadBody(ref thrift);
                    break;
                case 8:
                    thrift.ExpectStruct(type);
                    page.ReadBodyV2(ref thrift);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        length = thrift.Position;
        if (page.UncompressedSize < 0 || page.CompressedSize < 0 || page.Values < 0 || page.LevelBytes < 0)
            throw new InvalidDataException("a page header lacks a size or has a negative one");
        return page;
    }

    // DataPageHeader and DictionaryPageHeader begin with the same two fields.
    void ReadBody(ref CompactReader thrift)
    {
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 1)
                Values = thrift.ReadInt32(type);
            else if (field == 2)
                Encoding = (PageEncoding)thrift.ReadInt32(type);
            else if (field == 3 && type == CompactType.Int32)
                LevelEncoding = (PageEncoding)thrift.ReadInt32(type);
            else
                thrift.Skip(type);
        }
    }

    void ReadBodyV2(ref CompactReader thrift)
    {
        short field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    Values = thrift.ReadInt32(type);
                    break;
                case 2:
                    Nulls = thrift.ReadInt32(type);
                    break;
                case 4:
                    Encoding = (PageEncoding)thrift.ReadInt32(type);
                    break;
                case 5:
                    LevelBytes = thrift.ReadInt32(type);
                    break;
                case 6 when thrift.ReadInt32(type) != 0:
                    throw new NotSupportedException("a page of a flat column has repetition levels");
                case 6:
                    break;
                case 7:
                    IsStored = !thrift.ReadBool(type);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }
    }
}
