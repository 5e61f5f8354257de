using Ticklake.Exchanges;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Instruments;

/// <summary>Takes the body of an answer; what is wrong with it, or null.</summary>
delegate string? TakeAnswer(ReadOnlySpan<byte> body);

/// <summary>Asks for a list that may come in several answers.</summary>
static class ListFetch
{
    const int OkStatus = 200;

    // A list that needs more answers than this is not a list.
    const int MostAnswers = 200;

    /// <summary>Asks until there is no next request; what went wrong, or null.</summary>
    public static async Task<string?> RunAsync(
        Func<RestRequest?> next, TakeAnswer take, SnapshotFetcher fetcher, CancellationToken cancel)
    {
        for (var answers = 0; next() is { } request; answers++)
        {
            var answer = answers == MostAnswers ? null : await fetcher.FetchAsync(request, cancel).ConfigureAwait(false);
            var fault = answer is null ? "no answer"
                : answer.Status != OkStatus ? $"HTTP {answer.Status}"
                : take(answer.Body);
            if (fault is not null)
                return fault;
        }

        return null;
    }
}
