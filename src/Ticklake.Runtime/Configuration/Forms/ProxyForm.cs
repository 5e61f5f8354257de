using System.Text.Json.Nodes;
using Ticklake.Exchanges.Transport;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A proxy, or none.</summary>
/// <param name="Address">Null for none.</param>
sealed record ProxyChoice(ProxyAddress? Address);

/// <summary>The address of an HTTP proxy, or <c>none</c>. No message shows the value: it may hold a password.</summary>
sealed class ProxyForm : ScalarForm<ProxyChoice?>
{
    const string None = "none";

    public override string Allowed => "none, http://host:port or http://user:password@host:port";

    public override JsonObject Schema => Pattern("none|http://.+");

    public override bool IsSecret => true;

    protected override bool TryRead(string text, out ProxyChoice? value)
    {
        value = text == None ? new ProxyChoice(null) : ProxyAddress.TryParse(text, out var proxy) ? new ProxyChoice(proxy) : null;
        return value is not null;
    }

    public override string Write(ProxyChoice? value) => value?.Address?.ToString() ?? None;
}
