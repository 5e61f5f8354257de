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

    /// <summary>
    /// A copy with one large fault: cut short, two ranges swapped, one repeated elsewhere, one zeroed, or a length raised
    /// beyond all reason; often with the damages of <see cref="Of"/> as well.
    /// </summary>
    public static byte[] Worse(byte[] file, Random random)
    {
        var damaged = random.Next(3) == 0 ? Of(file, random, overwritesWords: true) : (byte[])file.Clone();
        var size = random.Next(1, damaged.Length / 3);
        var (from, to) = (random.Next(damaged.Length - size), random.Next(damaged.Length - size));
        switch (random.Next(6))
        {
            case 0:
                // With the last bytes in place, so that it is not refused at once.
                return [.. damaged[..^(8 + Math.Min(size, damaged.Length - 8))], .. damaged[^8..]];
            case 1:
                (from, to) = (Math.Min(from, to), Math.Max(Math.Min(from, to) + size, to));
                to = Math.Min(to, damaged.Length - size);
                var moved = damaged[from..(from + size)];
                damaged.AsSpan(to, size).CopyTo(damaged.AsSpan(from));
                moved.CopyTo(damaged, to);
                return damaged;
            case 2:
                damaged.AsSpan(from, size).CopyTo(damaged.AsSpan(to));
                return damaged;
            case 3:
                damaged.AsSpan(from, Math.Min(size, 64)).Clear();
                return damaged;
            case 4:
                // The largest integer there is in LEB128.
                byte[] absurd = [0xFF, 0xFF, 0xFF, 0xFF, (byte)(random.Next(2) == 0 ? 0x0F : 0x07)];
                var at = damaged.Length - 8 - random.Next(Math.Min(damaged.Length - 16, 2000));
                absurd.CopyTo(damaged, Math.Max(0, at - absurd.Length));
                return damaged;
            default:
                return [.. damaged[..to], .. damaged[from..(from + size)], .. damaged[to..]];
        }
    }
}
