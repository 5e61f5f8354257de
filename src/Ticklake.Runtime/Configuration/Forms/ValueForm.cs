using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>How a setting's value is written: reads it, writes it, and says what is allowed.</summary>
abstract class ValueForm<T>
{
    /// <summary>Completes "allowed: …" in messages and the reference page.</summary>
    public abstract string Allowed { get; }

    /// <summary>The value's JSON schema.</summary>
    public abstract JsonObject Schema { get; }

    public abstract bool TryRead(ConfigNode node, out T value);

    public abstract string Write(T value);

    /// <summary>No message may show what is written: it may be a password.</summary>
    public virtual bool IsSecret => false;

    /// <summary>What is wrong with a refused value where that can be said more exactly, or null.</summary>
    public virtual string? Reason(ConfigNode node) => null;

    /// <summary>The part of a refused value that is wrong.</summary>
    public virtual ConfigNode Blame(ConfigNode node) => node;
}

/// <summary>A value written as one scalar.</summary>
abstract class ScalarForm<T> : ValueForm<T>
{
    public sealed override bool TryRead(ConfigNode node, out T value)
    {
        value = default!;
        return node.Kind == ConfigNodeKind.Scalar && !node.IsEmpty && TryRead(node.Text, out value);
    }

    protected abstract bool TryRead(string text, out T value);

    /// <summary>The schema of a text of this pattern; a reference to a variable is a text as well.</summary>
    protected static JsonObject Pattern(string pattern) =>
        new() { ["type"] = "string", ["pattern"] = $@"^({pattern})$|\$\{{" };
}
