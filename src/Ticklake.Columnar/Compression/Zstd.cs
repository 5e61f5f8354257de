using System.Reflection;
using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Compression;

/// <summary>The system's libzstd, found under its name on each platform.</summary>
public static partial class Zstd
{
    const string Library = "libzstd";

    static Zstd() => NativeLibrary.SetDllImportResolver(typeof(Zstd).Assembly, Resolve);

    /// <summary>Whether the library is on this machine; <see cref="MissingMessage"/> says what to do if not.</summary>
    public static bool IsAvailable
    {
        get
        {
            try
            {
                return ZSTD_versionNumber() >= 10400;
            }
            catch (DllNotFoundException)
            {
                return false;
            }
        }
    }

    public static string MissingMessage =>
        "The zstd library was not found. Install it (Debian/Ubuntu: apt-get install libzstd1, macOS: brew install zstd, "
        + "Windows: put libzstd.dll beside the program) or choose another compression in the configuration.";

    /// <summary>The most bytes that compressing so many can give.</summary>
    public static int CompressBound(int size) => checked((int)ZSTD_compressBound((nuint)size));

    internal static int Check(nuint result)
    {
        if (ZSTD_isError(result) != 0)
            throw new InvalidDataException("zstd: " + Marshal.PtrToStringUTF8(ZSTD_getErrorName(result)));
        return checked((int)result);
    }

    static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return IntPtr.Zero;
        string[] candidates = OperatingSystem.IsWindows() ? ["libzstd.dll", "zstd.dll"]
            : OperatingSystem.IsMacOS()
                ? ["libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "/usr/local/lib/libzstd.1.dylib"]
                : ["libzstd.so.1", "libzstd.so"];
        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }

        return IntPtr.Zero;
    }

    [LibraryImport(Library)]
    private static partial uint ZSTD_versionNumber();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compressBound(nuint size);

    [LibraryImport(Library)]
    private static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    private static partial IntPtr ZSTD_getErrorName(nuint code);

    [LibraryImport(Library)]
    internal static partial ZstdContext ZSTD_createCCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeCCtx(IntPtr context);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_CCtx_setParameter(ZstdContext context, int parameter, int value);

    [LibraryImport(Library)]
    internal static unsafe partial nuint ZSTD_compress2(
        ZstdContext context, byte* destination, nuint capacity, byte* source, nuint size);

    [LibraryImport(Library)]
    internal static partial IntPtr ZSTD_createDCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeDCtx(IntPtr context);

    [LibraryImport(Library)]
    internal static unsafe partial nuint ZSTD_decompressDCtx(
        IntPtr context, byte* destination, nuint capacity, byte* source, nuint size);

    [LibraryImport(Library)]
    internal static unsafe partial nuint ZSTD_findFrameCompressedSize(byte* source, nuint size);

    [LibraryImport(Library)]
    internal static unsafe partial ulong ZSTD_getFrameContentSize(byte* source, nuint size);
}
