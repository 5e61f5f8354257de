using Ticklake.Benchmarks.Books;
using Ticklake.Benchmarks.Decoding;

if (args is ["books", ..])
    BookCost.Run(Console.Out);
if (args is ["decode", ..])
    DecodeCost.Run(Console.Out);
