using System.Reflection;
using System.Runtime.InteropServices;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// Reads a file of independent zstd frames through the system's libzstd. What follows the last whole frame is
/// ignored: a
/// journal's torn tail.
/// </summary>
static partial class ZstdFile
{
    const string Library = "simulator-zstd";

    static ZstdFile() => NativeLibrary.SetDllImportResolver(typeof(ZstdFile).Assembly, Resolve);

    public static unsafe byte[] Read(string path)
    {
        var packed = File.ReadAllBytes(path);
        using var content = new MemoryStream();
        var at = 0;
        while (at < packed.Length)
        {
            fixed (byte* source = &packed[at])
            {
                var rest = (nuint)(packed.Length - at);
                var length = ZSTD_findFrameCompressedSize(source, rest);
                if (ZSTD_isError(length) != 0)
                    break;
                var size = ZSTD_getFrameContentSize(source, rest);
                if (size > int.MaxValue)
                    throw new InvalidDataException($"{path}: a zstd frame without a stated size at byte {at}.");
                var block = new byte[size];
                fixed (byte* target = block)
                {
                    if (ZSTD_isError(ZSTD_decompress(target, (nuint)size, source, length)) != 0)
                        throw new InvalidDataException($"{path}: damaged zstd frame at byte {at}.");
                }

                content.Write(block);
                at += (int)length;
            }
        }

        return content.ToArray();
    }

    static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return IntPtr.Zero;
        foreach (var candidate in new[] { "libzstd.so.1", "libzstd.1.dylib", "libzstd.dll" })
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }

        return IntPtr.Zero;
    }

    [LibraryImport(Library)]
    private static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    private static unsafe partial nuint ZSTD_findFrameCompressedSize(byte* source, nuint size);

    [LibraryImport(Library)]
    private static unsafe partial ulong ZSTD_getFrameContentSize(byte* source, nuint size);

    [LibraryImport(Library)]
    private static unsafe partial nuint ZSTD_decompress(byte* target, nuint capacity, byte* source, nuint size);
}
