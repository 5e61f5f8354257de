using Ticklake.Benchmarks.Books;
using Ticklake.Benchmarks.Decoding;
using Ticklake.Benchmarks.Replay;

if (args is ["books", ..])
    BookCost.Run(Console.Out);
if (args is ["decode", ..])
    DecodeCost.Run(Console.Out);
if (args is ["replay", var fixtures, ..])
    await ReplayCost.RunAsync(Console.Out, fixtures);
