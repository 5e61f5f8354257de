using Ticklake.Columnar.Arrow.Batches;
using Ticklake.Columnar.Arrow.Flat;

namespace Ticklake.Columnar.Arrow;

/// <summary>
/// The memory that record batches are built and compressed in: as much as a batch takes, so many open files share one.
/// One thread at a time.
/// </summary>
public sealed class ArrowWorkspace : IDisposable
{
    /// <param name="options">What all files written here have in common.</param>
    public ArrowWorkspace(ArrowWriterOptions options)
    {
        Options = options;
        Body = new BatchBody(options);
        Columns = new ColumnEncoder(Body);
    }

    public ArrowWriterOptions Options { get; }

    internal BatchBody Body { get; }

    internal ColumnEncoder Columns { get; }

    internal DictionaryChoice Choice { get; } = new();

    internal FlatBuilder Flat { get; } = new();

    public void Dispose() => Body.Dispose();
}
