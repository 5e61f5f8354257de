namespace Ticklake.Exchanges;

/// <summary>
/// Reads a wanted stream's options: each has a list of allowed values and a default; what nobody asked for is a fault,
/// because a misspelt option must not be recorded as something else.
/// </summary>
sealed class StreamOptionReader(StreamRequest request)
{
    readonly List<string> _known = [];

    /// <summary>The first fault found, or null.</summary>
    public string? Fault { get; private set; }

    public string Take(string name, IReadOnlyList<string> allowed, string preset)
    {
        _known.Add(name);
        if (!request.Options.TryGetValue(name, out var value))
            return preset;
        if (allowed.Contains(value))
            return value;
        Fault ??= $"option {name}: '{value}' is unknown; allowed: {string.Join(", ", allowed)}";
        return preset;
    }

    /// <summary>As <see cref="Take"/>, for an option without which the stream is not defined.</summary>
    public string Require(string name, IReadOnlyList<string> allowed)
    {
        if (!request.Options.ContainsKey(name))
            Fault ??= $"option {name} is missing; allowed: {string.Join(", ", allowed)}";
        return Take(name, allowed, allowed[0]);
    }

    /// <summary>Call after the last option: whatever is left was not meant for this channel.</summary>
    public void RefuseOthers()
    {
        foreach (var name in request.Options.Keys)
        {
            if (!_known.Contains(name))
                Fault ??= $"option '{name}' is unknown here; "
                    + (_known.Count == 0 ? "this channel has no options" : $"known: {string.Join(", ", _known)}");
        }
    }
}
