using System.Numerics;
using System.Runtime.Intrinsics;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>The least that reading a message can cost: one vectorised pass that finds every line end and every colon.</summary>
internal static class Floor
{
    public static int Find(ReadOnlySpan<byte> octets)
    {
        var (found, lineEnd, colon) = (0, Vector256.Create((byte)'\n'), Vector256.Create((byte)':'));
        var position = 0;
        for (; position + Vector256<byte>.Count <= octets.Length; position += Vector256<byte>.Count)
        {
            var block = Vector256.Create(octets[position..]);
            var hits = (Vector256.Equals(block, lineEnd) | Vector256.Equals(block, colon)).ExtractMostSignificantBits();
            for (; hits != 0; hits &= hits - 1)
                found += position + BitOperations.TrailingZeroCount(hits);
        }
        for (; position < octets.Length; position++)
            if (octets[position] is (byte)'\n' or (byte)':')
                found += position;
        return found;
    }
}
