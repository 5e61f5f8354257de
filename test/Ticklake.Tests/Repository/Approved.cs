using Shouldly;

namespace Ticklake.Tests.Repository;

/// <summary>
/// Holds a generated text to the approved file in the repository; TICKLAKE_APPROVE=1 approves what is there.
/// </summary>
static class Approved
{
    public static void Check(string file, string actual)
    {
        var path = RepositoryFolder.PathOf(file);
        if (Environment.GetEnvironmentVariable("TICKLAKE_APPROVE") == "1")
            File.WriteAllText(path, actual);
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        approved.ShouldBe(actual, $"{file} differs; if the change is meant, run this test with TICKLAKE_APPROVE=1");
    }
}
