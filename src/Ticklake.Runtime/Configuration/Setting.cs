using System.Text.Json.Nodes;
using Ticklake.Runtime.Configuration.Forms;

namespace Ticklake.Runtime.Configuration;

/// <summary>One setting of ticklake.yml: the loader, the JSON schema and the reference page all go by it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Help">One sentence for the reference page and the schema.</param>
abstract record Setting(string Name, string Help)
{
    public abstract string Allowed { get; }

    public abstract string Default { get; }

    public abstract JsonObject Schema { get; }

    /// <summary>The settings within it, where it is a map of them.</summary>
    public virtual IReadOnlyList<Setting> Parts => [];
}

/// <summary>A setting that lands in <typeparamref name="TOptions"/>.</summary>
abstract record Setting<TOptions>(string Name, string Help) : Setting(Name, Help)
{
    public abstract TOptions Read(ConfigNode node, string path, TOptions options, ConfigFaults faults);
}

/// <summary>A setting with its value's type.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Help">One sentence for the reference page and the schema.</param>
/// <param name="Form">How the value is written.</param>
/// <param name="DefaultText">What the reference page says of the default.</param>
/// <param name="With">The options with this value.</param>
sealed record Setting<TOptions, TValue>(
    string Name, string Help, ValueForm<TValue> Form, string DefaultText, Func<TOptions, TValue, TOptions> With)
    : Setting<TOptions>(Name, Help)
{
    public override string Allowed => Form.Allowed;

    public override string Default => DefaultText;

    public override JsonObject Schema
    {
        get
        {
            var schema = Form.Schema;
            schema["description"] = Help;
            return schema;
        }
    }

    public override TOptions Read(ConfigNode node, string path, TOptions options, ConfigFaults faults)
    {
        if (Form.TryRead(node, out var value))
            return With(options, value);
        var wrong = Form.Blame(node);
        if (!wrong.IsBroken)
            faults.Add(wrong, path, Describe(wrong), Form.Allowed);
        return options;
    }

    string Describe(ConfigNode wrong)
    {
        if (Form.IsSecret && !wrong.IsEmpty)
            return "this is not allowed";
        return Form.Reason(wrong) is { } reason ? $"{wrong.Described}: {reason}" : wrong.Described;
    }
}
