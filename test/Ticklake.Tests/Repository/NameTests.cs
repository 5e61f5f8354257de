using System.Text.RegularExpressions;
using Xunit;

namespace Ticklake.Tests.Repository;

/// <summary>Types say their role and lie where their name says.</summary>
public sealed partial class NameTests
{
    public const string BannedWords = "banned words";
    public const string FileIsType = "file = type";
    public const string FolderIsNamespace = "folder = namespace";

    static readonly string[] Banned =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Base", "Impl", "Processor", "Wrapper", "Common",
        "Data", "Info", "Service",
    ];

    static readonly string[] Folders = ["src", "sim", "test", "bench"];

    [Fact]
    public void No_type_name_holds_a_banned_word() =>
        AllowedExceptions.Judge(BannedWords,
            from file in RepositoryFolder.Sources(Folders)
            from type in Types(file)
            from word in Word().Matches(type).Select(m => m.Value)
            where Banned.Contains(word)
            select $"{file}: the type {type} holds '{word}'");

    [Fact]
    public void Every_file_holds_a_type_of_its_name() =>
        AllowedExceptions.Judge(FileIsType,
            from file in RepositoryFolder.Sources(Folders)
            let name = Path.GetFileNameWithoutExtension(file)
            where name != "Program" && !Types(file).Any(t => t == name || t + "s" == name)
            select $"{file}: holds {string.Join(", ", Types(file))}");

    [Fact]
    public void Every_namespace_is_its_folder() =>
        AllowedExceptions.Judge(FolderIsNamespace,
            from file in RepositoryFolder.Sources(Folders)
            from Match declared in Namespace().Matches(RepositoryFolder.Read(file))
            where declared.Groups[1].Value != Expected(file)
            select $"{file}: lies in {Expected(file)} and declares {declared.Groups[1].Value}");

    [Fact]
    public void Every_test_class_is_named_after_its_file_and_ends_in_Tests() =>
        AllowedExceptions.Judge(FileIsType,
            from file in RepositoryFolder.Sources("test")
            where TestMethod().IsMatch(RepositoryFolder.Read(file))
                && !Path.GetFileNameWithoutExtension(file).EndsWith("Tests", StringComparison.Ordinal)
            select $"{file}: holds tests");

    /// <summary>
    /// src/Ticklake.Core/Books/X.cs: Ticklake.Core.Books. Files shared by linking lie in Ticklake.Shared.
    /// </summary>
    static string Expected(string file)
    {
        var folders = file.Split('/')[1..^1];
        return string.Join('.', folders[0] == "Shared" ? folders.Prepend("Ticklake") : folders);
    }

    static IEnumerable<string> Types(string file) =>
        Declaration().Matches(RepositoryFolder.Read(file)).Select(m => m.Groups[1].Value);

    [GeneratedRegex(
        @"^[ ]*(?:(?:public|internal|private|protected|sealed|static|abstract|readonly|ref|partial|file|unsafe)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>\[\]?.]+)"
        + @"\s+([A-Z]\w*)\s*(?=[<({:;\r\n])",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"[A-Z][a-z0-9]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex TestMethod();
}
