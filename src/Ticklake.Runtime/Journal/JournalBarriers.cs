namespace Ticklake.Runtime.Journal;

/// <summary>
/// Those who wait until a number of lines is written, or is on the disk. Any thread may ask; the journal's threads
/// answer. The lock guards the list, which is nearly always empty.
/// </summary>
sealed class JournalBarriers
{
    readonly Lock _lock = new();
    readonly List<(long Lines, bool ToDisk, TaskCompletionSource Done)> _waiting = [];
    volatile bool _any;

    public bool Any => _any;

    public Task Add(long lines, bool toDisk)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((lines, toDisk, done));
            _any = true;
        }

        return done.Task;
    }

    /// <summary>Somebody waits for lines that are not written yet.</summary>
    public bool WaitsBeyond(long written)
    {
        if (!_any)
            return false;
        lock (_lock)
            return _waiting.Exists(x => x.Lines > written);
    }

    /// <summary>Somebody waits for the disk and all their lines are written.</summary>
    public bool WaitsForDisk(long written)
    {
        if (!_any)
            return false;
        lock (_lock)
            return _waiting.Exists(x => x.ToDisk && x.Lines <= written);
    }

    public void Complete(long lines, bool onDisk)
    {
        foreach (var done in Take(x => x.Lines <= lines && x.ToDisk == onDisk))
            done.TrySetResult();
    }

    public void Fail(Exception fault)
    {
        foreach (var done in Take(_ => true))
            done.TrySetException(fault);
    }

    List<TaskCompletionSource> Take(Predicate<(long Lines, bool ToDisk, TaskCompletionSource Done)> which)
    {
        if (!_any)
            return [];
        lock (_lock)
        {
            var taken = _waiting.FindAll(which).ConvertAll(x => x.Done);
            _waiting.RemoveAll(which);
            _any = _waiting.Count > 0;
            return taken;
        }
    }
}
