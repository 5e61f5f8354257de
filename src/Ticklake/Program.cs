System.Console.WriteLine("ticklake");
