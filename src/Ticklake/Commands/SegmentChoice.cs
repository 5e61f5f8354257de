using System.CommandLine;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Commands;

/// <summary>The options of commands that write segments without a configuration.</summary>
sealed class SegmentChoice
{
    readonly Option<string> _format = new("--format")
    {
        Description = "The format of the segments that are made: parquet, arrow or csv.",
        DefaultValueFactory = _ => SegmentFormat.Parquet.Name,
    };

    readonly Option<string> _numbers = new("--numbers")
    {
        Description = "Prices and amounts in parquet and arrow: double or decimal.",
        DefaultValueFactory = _ => nameof(NumberForm.Double).ToLowerInvariant(),
    };

    SegmentChoice()
    {
        _format.AcceptOnlyFromAmong([.. SegmentFormat.All.Select(x => x.Name)]);
        _numbers.AcceptOnlyFromAmong("double", "decimal");
    }

    public static SegmentChoice AddTo(Command command)
    {
        var choice = new SegmentChoice();
        command.Options.Add(choice._format);
        command.Options.Add(choice._numbers);
        return choice;
    }

    public SegmentOptions Read(ParseResult parsed) => new()
    {
        Format = SegmentFormat.Find(parsed.GetValue(_format)!)!,
        Numbers = Enum.Parse<NumberForm>(parsed.GetValue(_numbers)!, ignoreCase: true),
    };
}
