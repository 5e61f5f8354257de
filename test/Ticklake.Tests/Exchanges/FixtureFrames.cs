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

    /// <param name="exchange">The folder.</param>
    /// <param name="name">The file, without its ending.</param>
    /// <param name="frameOf">What a line stands for, where that is not its text.</param>
    public static byte[][] Read(string exchange, string name, Func<string, byte[]>? frameOf = null) =>
        [.. Lines(exchange, name).Select(frameOf ?? Encoding.UTF8.GetBytes)];

    /// <summary>Frames of a session and below each its verdict and events, compared with the approved text.</summary>
    public static void ShouldDecodeAsApproved(
        IFrameDecoder decoder, string exchange, string name, Func<string, byte[]>? frameOf = null)
    {
        var text = new StringBuilder();
        var log = new EventLog();
        foreach (var line in Lines(exchange, name))
        {
            log.Clear();
            var verdict = decoder.Decode((frameOf ?? Encoding.UTF8.GetBytes)(line), log);
            text.Append("< ").Append(line).Append('\n');
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

    static string[] Lines(string exchange, string name) =>
        File.ReadAllLines(Path.Combine(Folder(exchange), name + ".jsonl"));

    static string Folder(string exchange)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
            at = at.Parent ?? throw new DirectoryNotFoundException("Ticklake.slnx");
        return Path.Combine(at.FullName, "test", "Ticklake.Tests", "Fixtures", exchange);
    }
}
