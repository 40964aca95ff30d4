using System.Numerics;
using System.Runtime.Intrinsics;

namespace Rx.Sip.Messages;

/// <summary>
/// Reads header lines as nearly all are: a known name, a colon, one space, a value in one line without control characters, CRLF.
/// It stops in front of the first that is different, and <see cref="MessageScan"/>, which knows all there is, goes on from there.
/// </summary>
internal static class UsualLines
{
    private const int Block = 32;

    /// <summary>Takes lines from where one begins, as long as there is room for their slots, and returns where the next begins.</summary>
    /// <param name="octets">The message so far.</param>
    /// <param name="line">Where a header line begins.</param>
    /// <param name="slots">Room for as many lines as may be taken.</param>
    /// <param name="count">How many were taken.</param>
    public static int Take(ReadOnlySpan<byte> octets, int line, Span<HeaderSlot> slots, out int count)
    {
        count = 0;
        if (line + Block > octets.Length)
            return line;
        var (block, found) = (line, ControlsIn(octets, line));
        while (count < slots.Length)
        {
            while (found == 0)
            {
                block += Block;
                if (block + Block > octets.Length)
                    return line;
                found = ControlsIn(octets, block);
            }
            var end = block + BitOperations.TrailingZeroCount(found);
            var next = end + 2;
            // The octet behind the line says whether it is folded.
            if (next >= octets.Length || octets[end] != '\r' || octets[end + 1] != '\n' || Grammar.IsWhite(octets[next])
                || !TryLine(octets, line, end, out slots[count]))
                return line;
            count++;
            line = next;
            if (next - block < Block)
                found &= uint.MaxValue << (next - block);
            else
                (block, found) = (next - Block, 0);
        }
        return line;
    }

    private static bool TryLine(ReadOnlySpan<byte> octets, int start, int end, out HeaderSlot slot)
    {
        slot = default;
        if (start + Block > octets.Length)
            return false;
        var name = Vector256.Create(octets.Slice(start, Block));
        var length = BitOperations.TrailingZeroCount(Vector256.Equals(name, Vector256.Create((byte)':')).ExtractMostSignificantBits());
        var value = start + length + 2;
        if (length is 0 or Block || value >= end || octets[value - 1] != ' ' || octets[value] <= ' ' || octets[end - 1] <= ' ')
            return false;
        var id = HeaderTable.FindUsual(name, octets[start], octets[start + length - 1], length);
        slot = new HeaderSlot(id, false, (ushort)length, start, value, end - value);
        return id is not (HeaderId.Unknown or HeaderId.ContentLength);
    }

    // CR, LF and NUL are what matters; that others end the search, too, costs nothing but the shorter way.
    private static uint ControlsIn(ReadOnlySpan<byte> octets, int start) =>
        Vector256.LessThanOrEqual(Vector256.Create(octets.Slice(start, Block)), Vector256.Create((byte)'\r')).ExtractMostSignificantBits();
}
