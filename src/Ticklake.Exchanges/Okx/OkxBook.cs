using Ticklake.Core.Events;

namespace Ticklake.Exchanges.Okx;

/// <summary>One element of a depth frame.</summary>
/// <param name="Update">What it says besides its levels.</param>
/// <param name="Checksum">The exchange's checksum, 0 where there is none.</param>
/// <param name="LevelsEnd">Where its levels end among those of the frame.</param>
readonly record struct OkxBook(BookUpdate Update, int Checksum, int LevelsEnd);
