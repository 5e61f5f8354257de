
namespace Ticklake.Columnar.Arrow.Batches;

/// <summary>
/// Decides from a file's first rows which text columns get a dictionary: the schema, which says it, is written before
/// all rows.
/// </summary>
sealed class DictionaryChoice
{
    // Fewer texts say nothing about whether those of the batches to come will repeat.
    const int FewestTexts = 64;

    readonly TextDictionary _texts = new();
    int[] _indices = [];

    public bool Pays(IReadOnlyList<ColumnPart> parts)
    {
        var values = 0;
        var areGiven = false;
        foreach (var part in parts.Where(part => part.Count > 0))
        {
            areGiven |= part is Utf8Part;
            values += part is ConstantPart { IsNull: true } ? 0 : part.Count - NumberValues.NullsOf(part).Count(true);
        }

        if (!areGiven)
            return values > 0;
        if (values < FewestTexts)
            return false;
        if (_indices.Length < values)
            _indices = new int[values];
        return TextDictionaryBuilder.TryBuild(parts, values, _texts, _indices);
    }
}
