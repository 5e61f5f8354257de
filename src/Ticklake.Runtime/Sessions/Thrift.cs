using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Sessions;

/// <summary>What is left out while the disk is nearly full; each level leaves out what the one before does.</summary>
public enum ThriftLevel
{
    None,

    /// <summary>Order books are not asked for by REST.</summary>
    NoPolledDepth,

    /// <summary>Books are not subscribed to: they are most of the bytes, and the least that is lost for good.</summary>
    NoBooks,
}

/// <summary>How thrifty the recorder is at the moment. Any thread reads it; the upkeep changes it.</summary>
public sealed class Thrift
{
    public const string Reason = "the disk is nearly full";

    volatile ThriftLevel _level;
    volatile TaskCompletionSource _changed = Signal();

    public ThriftLevel Level => _level;

    /// <summary>Completes when the level changes next.</summary>
    public Task Changed => _changed.Task;

    /// <summary>What a level leaves out, in words.</summary>
    public static string LeftOut(ThriftLevel level) => level switch
    {
        ThriftLevel.None => "",
        ThriftLevel.NoPolledDepth => "polled depth",
        _ => "polled depth, books",
    };

    /// <summary>The stream is recorded at this level.</summary>
    public bool Keeps(StreamKey stream) =>
        _level < ThriftLevel.NoBooks || stream.Channel is not (Channel.Books or Channel.RawBooks or Channel.DepthSnapshots);

    /// <summary>False where it is so already.</summary>
    public bool TryChange(ThriftLevel level)
    {
        if (level == _level)
            return false;
        _level = level;
        var changed = _changed;
        _changed = Signal();
        changed.SetResult();
        return true;
    }

    static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
