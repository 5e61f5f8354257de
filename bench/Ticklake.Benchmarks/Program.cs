using System.Globalization;
using Ticklake.Benchmarks.Books;
using Ticklake.Benchmarks.Columnar;
using Ticklake.Benchmarks.Decoding;
using Ticklake.Benchmarks.Live;
using Ticklake.Benchmarks.Replay;
using Ticklake.Benchmarks.Streams;

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
    case ["columnar", var fixtures]:
        WriteCost.Run(Console.Out, fixtures);
        Console.WriteLine();
        await TableSizes.RunAsync(Console.Out, fixtures);
        break;
    case ["live", var program, var seconds]:
        await LiveCost.RunAsync(
            Console.Out, program, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        break;
    case ["streams", var program, var seconds, .. var rate]:
        var isRight = await ManyStreams.RunAsync(
            Console.Out,
            program,
            TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)),
            rate.FirstOrDefault("2"));
        return isRight ? 0 : 1;
    default:
        Console.Error.WriteLine(
            "books | decode | replay FIXTURES [EXCHANGE] | columnar FIXTURES | live TICKLAKE.DLL SECONDS "
            + "| streams TICKLAKE.DLL SECONDS [RATE]");
        return 2;
}

return 0;
