using Microsoft.Win32.SafeHandles;

namespace Ticklake.Columnar.Compression;

/// <summary>A compression context of libzstd: memory outside the managed heap, freed with its last owner.</summary>
sealed class ZstdContext() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        _ = Zstd.ZSTD_freeCCtx(handle);
        return true;
    }
}
