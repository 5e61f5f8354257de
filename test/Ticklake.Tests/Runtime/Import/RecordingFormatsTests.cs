using Shouldly;
using Ticklake.Runtime.Import;
using Xunit;

namespace Ticklake.Tests.Runtime.Import;

public sealed class RecordingFormatsTests : IDisposable
{
    readonly ImportTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RecordingFormat.Hftbacktest, "1723161253937085768 {\"stream\":\"x\",\"data\":{}}\ntorn\n1723161253937085769 {\"stream\":\"x\"}")]
    [InlineData(RecordingFormat.Cryptofeed, "{\"t\":\"header\",\"version\":2}\n{\"t\":\"recv\",\"conn\":\"A.ws.1\",\"ts\":1618677830.1,\"data\":\"[1]\"}")]
    [InlineData(RecordingFormat.Cryptofeed, "wss://x/ws <-> 1618677829.1\nwss://x/ws <- 1618677829.5: {\"op\":1}\n1618677830.1: {\"type\":\"match\"}")]
    [InlineData(RecordingFormat.Lines, "[1,\"hb\"];;[1,[2,3,4]];;[1,\"te\",[1,2]]")]
    [InlineData(RecordingFormat.Lines, "{\"e\":\"trade\",\"t\":1}\n{\"t\":\"binary\",\"hex\":\"0a2f\"}")]
    [InlineData(RecordingFormat.Lines, "")]
    public void A_format_is_told_from_the_first_lines(RecordingFormat format, string text) =>
        RecordingFormats.Detect(_folder.Source("recording", text)).ShouldBe(format);
}
