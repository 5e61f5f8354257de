using System.Security.Cryptography;
using Ticklake.Columnar.Parquet;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Columnar;
using Ticklake.Tests.Exchanges;
using Xunit;

namespace Ticklake.Tests.Runtime.Replay;

/// <summary>
/// The bytes of segments made from a small recording are known, so that no change of the format goes unseen. Where one is
/// meant: run these tests with <c>TICKLAKE_APPROVE=1</c>, look at the difference of <c>Fixtures/golden-segments.txt</c>,
/// and say in docs/format and the changelog what has changed. Pages are uncompressed: zstd's output differs by version.
/// </summary>
public sealed class GoldenSegmentTests
{
    static readonly SegmentOptions Uncompressed = new()
    {
        File = new ParquetWriterOptions { Compression = ParquetCompression.None },
    };

    [Fact]
    public async Task Segments_have_the_bytes_they_always_had()
    {
        using var lake = await LakeTestFolder.CreateAsync(Uncompressed);
        var lines = lake.Segments.Select(x => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(x)))} {lake.Relative(x)}");
        FixtureFrames.ShouldBeApproved(string.Join('\n', lines) + "\n", "golden-segments.txt");
    }

    [Fact]
    public async Task Independent_readers_find_the_same_rows_in_them()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        foreach (var segment in lake.Segments)
            await SegmentCells.ShouldBeTheSameForEveryReaderAsync(segment);
    }
}
