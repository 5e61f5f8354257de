using System.Globalization;
using Ticklake.Benchmarks.Books;
using Ticklake.Benchmarks.Columnar;
using Ticklake.Benchmarks.Decoding;
using Ticklake.Benchmarks.Live;
using Ticklake.Benchmarks.Reading;
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
    case ["reading", var readers, .. var rows]:
        return await ScanCost.RunAsync(
            Console.Out, readers, int.Parse(rows.FirstOrDefault("10000000"), CultureInfo.InvariantCulture)) ? 0 : 1;
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
            "books | decode | reading READERS [ROWS] | replay FIXTURES [EXCHANGE] | columnar FIXTURES "
            + "| live TICKLAKE.DLL SECONDS "
            + "| streams TICKLAKE.DLL SECONDS [RATE]");
        return 2;
}

return 0;
