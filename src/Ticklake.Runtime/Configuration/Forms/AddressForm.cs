using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>An absolute address of a plain or a TLS scheme (<c>ws</c>/<c>wss</c>, <c>http</c>/<c>https</c>).</summary>
sealed class AddressForm(string plain, string secure) : ScalarForm<Uri?>
{
    public override string Allowed => $"an address that begins with {secure}:// or {plain}://";

    public override JsonObject Schema => Pattern($"({secure}|{plain})://.+");

    protected override bool TryRead(string text, out Uri? value) =>
        Uri.TryCreate(text, UriKind.Absolute, out value) && (value.Scheme == plain || value.Scheme == secure);

    public override string Write(Uri? value) => value?.ToString() ?? "";
}
