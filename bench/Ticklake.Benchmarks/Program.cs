using Ticklake.Benchmarks.Books;

if (args is ["books", ..])
    BookCost.Run(Console.Out);
