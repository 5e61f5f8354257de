using System.Diagnostics;
using System.Globalization;

namespace Ticklake.Benchmarks.Columnar;

/// <summary>
/// Another writer in a Node process of its own: it loads the rows once, then writes them whenever told to and says what
/// processor time that took.
/// </summary>
sealed class Peer : IDisposable
{
    readonly Process _process;

    Peer(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    /// <summary>Null where its npm package is not installed, or does not start.</summary>
    public static Peer? TryStart(string script, string rows, string output)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Folder(), script));
        start.ArgumentList.Add(rows);
        start.ArgumentList.Add(output);
        start.Environment["POLARS_MAX_THREADS"] = "1";
        var process = Process.Start(start)!;
        // The first line is the peer's name and version, once it has all rows in memory.
        if (process.StandardOutput.ReadLine() is { } name)
            return new Peer(name, process);
        process.WaitForExit();
        process.Dispose();
        return null;
    }

    /// <summary>Seconds of processor time of one writing.</summary>
    public double Write()
    {
        _process.StandardInput.WriteLine("write");
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
            at = at.Parent;
        return Path.Combine(at?.FullName ?? ".", "bench", "peers");
    }
}
