using System.Globalization;
using Ticklake.Benchmarks.Books;
using Ticklake.Benchmarks.Decoding;
using Ticklake.Benchmarks.Live;
using Ticklake.Benchmarks.Replay;

switch (args)
{
    case ["books", ..]:
        BookCost.Run(Console.Out);
        break;
    case ["decode", ..]:
        DecodeCost.Run(Console.Out);
        break;
    case ["replay", var fixtures, .. var exchanges]:
        await ReplayCost.RunAsync(Console.Out, fixtures, exchanges);
        break;
    case ["live", var program, var seconds]:
        await LiveCost.RunAsync(
            Console.Out, program, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        break;
    default:
        Console.Error.WriteLine("books | decode | replay FIXTURES [EXCHANGE] | live TICKLAKE.DLL SECONDS");
        return 2;
}

return 0;
