using System.CommandLine;

namespace Ticklake.Commands;

/// <summary>All commands of <c>ticklake</c>.</summary>
static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Ticklake records what crypto exchanges publish: every frame kept, every row traceable, every hole declared.\n"
            + ExitCodes.Help);
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(GapsCommand.Create());
        root.Subcommands.Add(CoverageCommand.Create());
        root.Subcommands.Add(BookCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(CompactCommand.Create());
        root.Subcommands.Add(FilesCommand.Create());
        root.Subcommands.Add(CatCommand.Create());
        root.Subcommands.Add(SchemaCommand.Create());
        root.Subcommands.Add(StatsCommand.Create());
        root.Subcommands.Add(SqlCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(SymbolsCommand.Create());
        root.Subcommands.Add(StatusCommand.Create());
        root.Subcommands.Add(FlushCommand.Create());
        root.Subcommands.Add(ConfigCommand.Create());
        return root;
    }
}
