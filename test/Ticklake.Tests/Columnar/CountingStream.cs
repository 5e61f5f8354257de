namespace Ticklake.Tests.Columnar;

/// <summary>A file in memory that counts the bytes read of it.</summary>
sealed class CountingStream(byte[] file) : MemoryStream(file, writable: false)
{
    public long BytesRead { get; private set; }

    // The other ways to read lead here in a derived class.
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
