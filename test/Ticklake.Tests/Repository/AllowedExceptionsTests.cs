using Shouldly;
using Xunit;

namespace Ticklake.Tests.Repository;

public sealed class AllowedExceptionsTests
{
    static readonly string[] Rules =
    [
        ArrowTests.Rule, FileSizeTests.Rule, NameTests.BannedWords, NameTests.FileIsType, NameTests.FolderIsNamespace,
        TextTests.Binary, TextTests.Secrets,
    ];

    [Fact]
    public void Every_exception_has_a_rule_a_file_and_a_reason() =>
        AllowedExceptions.All
            .Where(e => !Rules.Contains(e.Rule) || !File.Exists(RepositoryFolder.PathOf(e.File))
                || e.Reason.Length < 20)
            .ShouldBeEmpty();
}
