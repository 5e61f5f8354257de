using System.Net;

namespace Ticklake.Exchanges.Transport;

/// <summary>An HTTP proxy (CONNECT for WebSocket and https). Its text never shows the credentials.</summary>
public sealed class ProxyAddress
{
    readonly NetworkCredential? _credentials;

    ProxyAddress(string host, int port, NetworkCredential? credentials) => (Host, Port, _credentials) = (host, port, credentials);

    public string Host { get; }

    public int Port { get; }

    /// <summary>Reads <c>http://host:port</c> or <c>http://user:password@host:port</c>, parts escaped as in every address.</summary>
    public static bool TryParse(string text, out ProxyAddress? proxy)
    {
        proxy = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.Host.Length == 0
            || uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
            return false;
        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = colon < 0 ? uri.UserInfo : uri.UserInfo[..colon];
        var password = colon < 0 ? "" : uri.UserInfo[(colon + 1)..];
        var credentials = user.Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        proxy = new ProxyAddress(uri.IdnHost, uri.Port, credentials);
        return true;
    }

    public IWebProxy ToWebProxy() => new WebProxy(new UriBuilder(Uri.UriSchemeHttp, Host, Port).Uri) { Credentials = _credentials };

    /// <summary>Host and port, for people.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
