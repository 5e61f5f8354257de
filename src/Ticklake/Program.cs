using Ticklake.Commands;

return await CommandTree.Create().Parse(args).InvokeAsync();
