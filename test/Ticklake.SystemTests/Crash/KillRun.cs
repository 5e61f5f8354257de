using System.Globalization;
using Xunit;

namespace Ticklake.SystemTests.Crash;

/// <summary>How long a run of kills is, and where its summary goes.</summary>
static class KillRun
{
    /// <summary>What the environment says, or else the usual.</summary>
    public static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    public static void Say(string text)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        if (Environment.GetEnvironmentVariable("TICKLAKE_SUMMARY") is { } path)
            File.WriteAllText(path, text);
    }
}
