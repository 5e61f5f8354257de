using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// Decides whether a frame may stand in a journal line as it is: one strict JSON value (RFC 8259) with no line break in
/// it, nested at most 63 deep. Any frame it accepts leaves the line it is put into valid JSON. UTF-8 is checked
/// elsewhere.
/// </summary>
static class OneLineJson
{
    // The open brackets are the bits of one ulong; with the line around it the frame is 64 deep, the limit many readers
    // (System.Text.Json among them) have by default.
    const int MaxDepth = 63;

    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        ref var p = ref MemoryMarshal.GetReference(text);
        var n = text.Length;
        var i = 0;
        var depth = 0;
        var objects = 0UL;
        while (true)
        {
            var c = Next(ref p, ref i, n);
            if (c is '{' or '[')
            {
                if (++depth > MaxDepth)
                    return false;
                objects = (objects << 1) | (c == '{' ? 1UL : 0);
                i++;
                var first = Next(ref p, ref i, n);
                if (first != c + 2)
                {
                    if (c == '{' && !Key(ref p, ref i, n))
                        return false;
                    continue;
                }
            }
            else if (!Scalar(ref p, ref i, n, c))
            {
                return false;
            }

            // After a value (or standing on the bracket that closes an empty one): close, or go on behind a comma.
            while (true)
            {
                c = Next(ref p, ref i, n);
                if (depth == 0)
                    return i == n;
                i++;
                var isObject = (objects & 1) != 0;
                if (c == ',')
                {
                    if (isObject && !Key(ref p, ref i, n))
                        return false;
                    break;
                }

                if (c != (isObject ? '}' : ']'))
                    return false;
                objects >>= 1;
                depth--;
            }
        }
    }

    /// <summary>The next byte that is no space or tab, without passing it; -1 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Next(ref byte p, ref int i, int n)
    {
        while (i < n)
        {
            var c = Unsafe.Add(ref p, i);
            if (c is not ((byte)' ' or (byte)'\t'))
                return c;
            i++;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Key(ref byte p, ref int i, int n)
    {
        if (Next(ref p, ref i, n) != '"' || !Text(ref p, ref i, n) || Next(ref p, ref i, n) != ':')
            return false;
        i++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Scalar(ref byte p, ref int i, int n, int c)
    {
        if (c == '"')
            return Text(ref p, ref i, n);
        if (c == '-' || (uint)(c - '0') <= 9)
            return Number(ref p, ref i, n);
        return c switch
        {
            't' => Word(ref p, ref i, n, "true"u8),
            'f' => Word(ref p, ref i, n, "false"u8),
            'n' => Word(ref p, ref i, n, "null"u8),
            _ => false,
        };
    }

    static bool Word(ref byte p, ref int i, int n, ReadOnlySpan<byte> word)
    {
        if (n - i < word.Length
            || !MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref p, i), word.Length).SequenceEqual(word))
            return false;
        i += word.Length;
        return true;
    }

    static bool Number(ref byte p, ref int i, int n)
    {
        var at = i;
        if (Unsafe.Add(ref p, at) == '-')
            at++;
        var start = at;
        if (!Digits(ref p, ref at, n) || (Unsafe.Add(ref p, start) == '0' && at - start > 1))
            return false;
        if (at < n && Unsafe.Add(ref p, at) == '.')
        {
            at++;
            if (!Digits(ref p, ref at, n))
                return false;
        }

        if (at < n && (Unsafe.Add(ref p, at) | 0x20) == 'e')
        {
            at++;
            if (at < n && Unsafe.Add(ref p, at) is (byte)'+' or (byte)'-')
                at++;
            if (!Digits(ref p, ref at, n))
                return false;
        }

        i = at;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Digits(ref byte p, ref int at, int n)
    {
        var start = at;
        while (at < n && (uint)(Unsafe.Add(ref p, at) - '0') <= 9)
            at++;
        return at > start;
    }

    /// <summary>Passes the string whose opening quote is at <paramref name="i"/>.</summary>
    static bool Text(ref byte p, ref int i, int n)
    {
        var at = i + 1;
        while (true)
        {
            while (at <= n - Vector128<byte>.Count)
            {
                var v = Vector128.LoadUnsafe(ref p, (nuint)at);
                var stops = (Vector128.Equals(v, Vector128.Create((byte)'"'))
                    | Vector128.Equals(v, Vector128.Create((byte)'\\'))
                    | Vector128.LessThan(v, Vector128.Create((byte)0x20))).ExtractMostSignificantBits();
                if (stops != 0)
                {
                    at += System.Numerics.BitOperations.TrailingZeroCount(stops);
                    break;
                }

                at += Vector128<byte>.Count;
            }

            if (at >= n)
                return false;
            var c = Unsafe.Add(ref p, at);
            at++;
            if (c == '"')
            {
                i = at;
                return true;
            }

            if (c < 0x20 || (c == '\\' && !Escape(ref p, ref at, n)))
                return false;
        }
    }

    static bool Escape(ref byte p, ref int at, int n)
    {
        if (at >= n)
            return false;
        var c = Unsafe.Add(ref p, at);
        at++;
        if (c != 'u')
            return "\"\\/bfnrt"u8.Contains(c);
        if (n - at < 4)
            return false;
        for (var k = 0; k < 4; k++)
        {
            if (!char.IsAsciiHexDigit((char)Unsafe.Add(ref p, at + k)))
                return false;
        }

        at += 4;
        return true;
    }
}
