namespace Ticklake.Tests.Columnar;

/// <summary>Copies of files with one to three places damaged at random, half of them near the end, where the structure is.</summary>
static class DamagedFile
{
    /// <param name="file">Stays as it is.</param>
    /// <param name="random">Decides everything.</param>
    /// <param name="overwritesWords">Also turns aligned words of four bytes into the largest positive number.</param>
    public static byte[] Of(byte[] file, Random random, bool overwritesWords)
    {
        var damaged = file.ToList();
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var last = damaged.Count - 1;
            var at = random.Next(2) == 0 ? random.Next(last) : last - random.Next(last / 3);
            switch (random.Next(overwritesWords ? 6 : 5))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged[at] = 0xFF;
                    break;
                case 3:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 9), damaged.Count - at));
                    break;
                case 4:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 9), damaged.Count - at)));
                    break;
                default:
                    for (var i = at & ~3; i < (at & ~3) + 4 && i < damaged.Count; i++)
                        damaged[i] = (byte)(i % 4 == 3 ? 0x7F : 0xFF);
                    break;
            }
        }

        return [.. damaged];
    }
}
