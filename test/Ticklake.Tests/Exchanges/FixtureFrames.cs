using System.Text;
using Shouldly;
using Ticklake.Exchanges;

namespace Ticklake.Tests.Exchanges;

/// <summary>
/// Hand-written frames, one a line, in <c>Fixtures/{Exchange}/*.jsonl</c>, with the approved events beside them.
/// </summary>
static class FixtureFrames
{
    /// <summary>Set to accept what decoders write today; then read the difference before committing it.</summary>
    const string ApproveVariable = "TICKLAKE_APPROVE";

    public static byte[][] Read(string exchange, string name) =>
        [.. File.ReadAllLines(Path.Combine(Folder(exchange), name + ".jsonl")).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Frames of a session and below each its verdict and events, compared with the approved text.</summary>
    public static void ShouldDecodeAsApproved(IFrameDecoder decoder, string exchange, string name)
    {
        var text = new StringBuilder();
        var log = new EventLog();
        foreach (var frame in Read(exchange, name))
        {
            log.Clear();
            var verdict = decoder.Decode(frame, log);
            text.Append("< ").Append(Encoding.UTF8.GetString(frame)).Append('\n');
            text.Append("= ").Append(verdict).Append(decoder.LastFault is { } fault ? $": {fault}" : "").Append('\n');
            text.Append(log).Append('\n');
        }

        ShouldBeApproved(text.ToString(), Path.Combine(exchange, name + ".approved.txt"));
    }

    /// <summary>Compares a text with the approved one in <c>Fixtures</c>.</summary>
    public static void ShouldBeApproved(string text, string file)
    {
        var approved = Folder(file);
        if (Environment.GetEnvironmentVariable(ApproveVariable) is not null)
            File.WriteAllText(approved, text);
        text.ShouldBe(File.ReadAllText(approved), $"set {ApproveVariable}=1 to accept");
    }

    static string Folder(string exchange)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
            at = at.Parent ?? throw new DirectoryNotFoundException("Ticklake.slnx");
        return Path.Combine(at.FullName, "test", "Ticklake.Tests", "Fixtures", exchange);
    }
}
