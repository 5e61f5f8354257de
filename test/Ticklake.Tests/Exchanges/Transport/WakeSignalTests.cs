using Shouldly;
using Ticklake.Exchanges.Transport;
using Xunit;

namespace Ticklake.Tests.Exchanges.Transport;

public sealed class WakeSignalTests
{
    const int Sets = 1_000_000;

    [Fact]
    public async Task Sets_without_a_waiter_are_remembered_once()
    {
        var signal = new WakeSignal();
        signal.Set();
        signal.Set();
        var raised = signal.WaitAsync().AsTask();
        raised.IsCompletedSuccessfully.ShouldBeTrue();
        var wait = signal.WaitAsync().AsTask();
        wait.IsCompleted.ShouldBeFalse();
        signal.Set();
        await wait;
    }

    [Fact]
    public async Task No_wake_up_is_lost_between_two_threads()
    {
        var signal = new WakeSignal();
        var written = 0;
        var writers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Sets / 2; i++)
            {
                Interlocked.Increment(ref written);
                signal.Set();
            }
        })).ToArray();
        var reader = Task.Run(async () =>
        {
            while (Volatile.Read(ref written) < Sets)
                await signal.WaitAsync();
        });
        await Task.WhenAll([.. writers, reader]).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
