using System.Globalization;

namespace Ticklake.Runtime.Configuration;

/// <summary>
/// One thing wrong with the configuration. Its text is fit to be printed: values from the environment are not in it.
/// </summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">1-based, or 0 where the fault is with the file as a whole.</param>
/// <param name="Column">1-based, or 0.</param>
/// <param name="Setting">Dotted name, <c>session.rotate_after</c>; empty where none is concerned.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Allowed">What would be right, or null where the problem says it already.</param>
public sealed record ConfigFault(
    string File, int Line, int Column, string Setting, string Problem, string? Allowed = null)
{
    public override string ToString()
    {
        var place = Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
        var setting = Setting.Length == 0 ? "" : $"{Setting}: ";
        return Allowed is null ? $"{place}: {setting}{Problem}" : $"{place}: {setting}{Problem}; allowed: {Allowed}";
    }
}

/// <summary>The configuration, or everything that is wrong with it.</summary>
/// <param name="Source">The file that was read, or null where the built-in defaults were taken.</param>
/// <param name="Options">Null where there are faults.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record ConfigResult(string? Source, RecorderOptions? Options, IReadOnlyList<ConfigFault> Faults);
