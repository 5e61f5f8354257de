namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Runs work that blocks (disk, compression, long computations) on a thread of its own: the pool's few threads read the
/// sockets.
/// </summary>
static class OwnThread
{
    /// <summary>Any thread: completes with the work's result or its exception.</summary>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Run) { IsBackground = true, Name = name }.Start();
        return done.Task;

        void Run()
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(string name, Action work) => RunAsync(
        name,
        () =>
        {
            work();
            return true;
        });
}
