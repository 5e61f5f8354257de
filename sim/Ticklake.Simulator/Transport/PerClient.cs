using Microsoft.AspNetCore.Http;

namespace Ticklake.Simulator.Transport;

/// <summary>What an exchange counts for each client address by itself. Used with the timeline's gate held.</summary>
sealed class PerClient<T>(Func<T> create)
{
    readonly Dictionary<string, T> _counted = new(StringComparer.Ordinal);

    public T Of(HttpContext context) => Of(context.ClientAddress());

    public T Of(string address)
    {
        if (!_counted.TryGetValue(address, out var counted))
            _counted.Add(address, counted = create());
        return counted;
    }
}

/// <summary>Who asks.</summary>
static class ClientAddresses
{
    public static string ClientAddress(this HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
