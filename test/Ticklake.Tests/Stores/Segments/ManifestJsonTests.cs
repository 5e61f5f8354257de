using System.Text;
using Shouldly;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

public sealed class ManifestJsonTests
{
    const string Golden = """
        {
          "format": 1,
          "exchange": "bitfinex",
          "market": "spot",
          "channel": "trades",
          "symbol": "tBTCUSD",
          "variant": "",
          "file": "trades-20250117T080000Z.parquet",
          "rows": 12,
          "bytes": 3456,
          "sha256": "00ff",
          "first_recv_ts": "2025-01-17T08:00:00.000001Z",
          "last_recv_ts": "2025-01-17T08:00:00.000009Z",
          "first_seq": 4,
          "last_seq": null,
          "journal": [
            {
              "file": "journal/bitfinex/spot/c1/1.jsonl.zst",
              "first_line": 2,
              "last_line": 30,
              "rows": 12
            }
          ],
          "gaps": [
            {
              "reason": "gap",
              "file": "journal/bitfinex/spot/c1/1.jsonl.zst",
              "line": 9,
              "recv_ts": "2025-01-17T08:00:00.000004Z",
              "from_seq": 5,
              "to_seq": null
            }
          ],
          "checksum_ok": 7,
          "checksum_mismatch": 1,
          "inexact_values": 2,
          "rounded_values": 3,
          "schema_version": 1,
          "decoder_version": 4,
          "end_reason": "day"
        }

        """;

    static SegmentManifest Sample { get; } = new()
    {
        Stream = SampleRows.Trades,
        File = "trades-20250117T080000Z.parquet",
        Rows = 12,
        Bytes = 3456,
        Sha256 = "00ff",
        FirstRecvUs = SampleRows.Morning + 1,
        LastRecvUs = SampleRows.Morning + 9,
        FirstSeq = 4,
        Journal = [new JournalRange(SampleRows.Journal, 2, 30, 12)],
        Gaps = [new GapMark("gap", SampleRows.Journal, 9, SampleRows.Morning + 4, FromSeq: 5)],
        ChecksumsOk = 7,
        ChecksumsMismatched = 1,
        InexactValues = 2,
        RoundedValues = 3,
        SchemaVersion = 1,
        DecoderVersion = 4,
        EndReason = EndReasons.Day,
    };

    [Fact]
    public void A_manifest_is_written_as_documented() =>
        Encoding.UTF8.GetString(ManifestJson.Write(Sample)).ShouldBe(Golden.ReplaceLineEndings("\n"));

    [Fact]
    public void A_manifest_read_and_written_again_is_the_same()
    {
        var read = ManifestJson.Read(Encoding.UTF8.GetBytes(Golden));

        read.Stream.ShouldBe(Sample.Stream);
        read.Gaps.ShouldBe(Sample.Gaps);
        Encoding.UTF8.GetString(ManifestJson.Write(read)).ShouldBe(Golden.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"format":2}""")]
    [InlineData("""{"format":1,"exchange":3}""")]
    public void What_is_no_manifest_is_refused(string json) =>
        Should.Throw<InvalidDataException>(() => ManifestJson.Read(Encoding.UTF8.GetBytes(json)));
}
