using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rx.Sip.Messages;

/// <summary>
/// Finds CR, LF and NUL, block by block: a block's finds are kept as bits until they are used up, so that lines shorter than a
/// block, as most are, share one look.
/// </summary>
internal ref struct BreakFinder(ReadOnlySpan<byte> octets)
{
    private const int Block = 32;

    // Far enough away to cover no position.
    private int _block = -Block - 1;
    private uint _found;

    public ReadOnlySpan<byte> Octets { get; } = octets;

    /// <summary>Where the next one at or behind <paramref name="from"/> stands; -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int from)
    {
        if ((uint)(from - _block) < Block)
        {
            var left = _found & (uint.MaxValue << (from - _block));
            if (left != 0)
                return _block + BitOperations.TrailingZeroCount(left);
            from = _block + Block;
        }
        return FindFurther(from);
    }

    private int FindFurther(int from)
    {
        for (; from + Block <= Octets.Length; from += Block)
            if (Look(from) != 0)
                return from + BitOperations.TrailingZeroCount(_found);
        return FindInRest(from);
    }

    // What is left is shorter than a block: a block that ends with the octets holds it, and some that were looked at before.
    private int FindInRest(int from)
    {
        if (Octets.Length < Block)
            return Octets[from..].IndexOfAny((byte)'\r', (byte)'\n', (byte)0) is >= 0 and var found ? from + found : -1;
        if (from >= Octets.Length)
            return -1;
        var start = Octets.Length - Block;
        var left = Look(start) & (uint.MaxValue << (from - start));
        return left == 0 ? -1 : start + BitOperations.TrailingZeroCount(left);
    }

    private uint Look(int start)
    {
        var block = Vector256.Create(Octets.Slice(start, Block));
        _block = start;
        return _found = (Vector256.Equals(block, Vector256.Create((byte)'\r'))
            | Vector256.Equals(block, Vector256.Create((byte)'\n'))
            | Vector256.Equals(block, Vector256<byte>.Zero)).ExtractMostSignificantBits();
    }
}
