using System.Globalization;
using System.Security.Cryptography;

namespace Ticklake.Runtime.Sessions;

/// <summary>Names for sessions: sortable by start, unique across processes, fit for a folder.</summary>
static class ConnectionIds
{
    public static string Create(TimeProvider clock, int ordinal) => string.Create(
        CultureInfo.InvariantCulture,
        $"{clock.GetUtcNow():yyyyMMdd'T'HHmmss'.'fff}-{ordinal}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
