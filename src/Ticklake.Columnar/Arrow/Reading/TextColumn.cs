
namespace Ticklake.Columnar.Arrow.Reading;

/// <summary>Texts of a batch or dictionary: their bytes, where each lies, and which are null.</summary>
sealed record TextColumn(byte[] Bytes, TextPlace[] Places, bool[]? IsNull);
