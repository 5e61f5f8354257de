namespace Ticklake.Runtime.Configuration;

/// <summary>The three shapes of YAML.</summary>
enum ConfigNodeKind : byte
{
    Scalar,
    List,
    Map,
}

/// <summary>One node of a parsed ticklake.yml and where it stands.</summary>
sealed record ConfigNode(ConfigNodeKind Kind, int Line, int Column)
{
    /// <summary>A scalar's value after substitution.</summary>
    public string Text { get; init; } = "";

    /// <summary>A scalar's value as written, with <c>${NAME}</c>: the only form that messages may show.</summary>
    public string Shown { get; init; } = "";

    /// <summary>A scalar that says nothing (<c>key:</c>, <c>~</c>, <c>null</c>).</summary>
    public bool IsEmpty { get; init; }

    /// <summary>A variable of it is missing: that is told already, and the value means nothing.</summary>
    public bool IsBroken { get; init; }

    public IReadOnlyList<ConfigNode> Items { get; init; } = [];

    public IReadOnlyList<ConfigEntry> Entries { get; init; } = [];

    public ConfigEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);

    /// <summary>What a message calls it where another shape was wanted.</summary>
    public string Described => Kind switch
    {
        ConfigNodeKind.List => "a list stands here",
        ConfigNodeKind.Map => "a group of settings stands here",
        _ => IsEmpty ? "has no value" : $"'{Shown}' is not allowed",
    };
}

/// <summary>One <c>name: value</c> of a map; the place is the name's.</summary>
sealed record ConfigEntry(string Name, int Line, int Column, ConfigNode Value);
