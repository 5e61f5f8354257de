using System.CommandLine;
using Ticklake.Runtime.Configuration;

namespace Ticklake.Commands;

/// <summary><c>config</c>: checks a configuration, prints its schema.</summary>
static class ConfigCommand
{
    public static Command Create()
    {
        var file = new Option<string?>("--config", "-c") { Description = "The configuration; default: ./ticklake.yml, or built-in." };
        var resolve = new Option<bool>("--resolve") { Description = "Ask the exchanges and print what each selection rule selects now." };
        var check = new Command("check", "Read a configuration and report every fault of it.") { file, resolve };
        check.SetAction(async (parsed, cancel) =>
        {
            if (RunCommand.Load(parsed.GetValue(file)) is not { } options)
                return ExitCodes.Usage;
            var streams = options.Markets.Sum(m => m.Streams.Count);
            var rules = options.Markets.Sum(m => m.Rules.Count);
            Console.WriteLine(
                $"The configuration is right: {options.Markets.Count} market(s), {streams} streams"
                + $"{(rules > 0 ? $" by name, {rules} selection rule(s)" : "")}, data in {options.Data}");
            if (!parsed.GetValue(resolve))
                RulePrinter.PrintRules(options);
            else if (!await RulePrinter.ResolveAsync(options, cancel))
                return ExitCodes.Failed;
            return ExitCodes.Success;
        });
        var schema = new Command("schema", "Print the JSON schema of ticklake.yml.");
        schema.SetAction(_ =>
        {
            Console.WriteLine(ConfigSchema.Write());
            return ExitCodes.Success;
        });
        return new Command("config", "Check the configuration, or print its schema.") { check, schema };
    }
}
