using System.CommandLine;
using Ticklake.Commands;

// Ctrl+C is the commands' own business: a recorder seals its segments before it goes.
return await CommandTree.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
