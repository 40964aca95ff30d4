namespace Rx.Sip.Messages;

/// <summary>Finds the empty line behind the headers.</summary>
internal static class HeadersEnd
{
    /// <summary>
    /// How many octets start line, headers and empty line take; -1 while the empty line is missing. <paramref name="scanned"/>
    /// remembers how far has been looked, so that no octet is looked at for each chunk anew.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> octets, ref int scanned)
    {
        var position = scanned;
        while (octets[position..].IndexOf((byte)'\n') is >= 0 and var lineEnd)
        {
            var next = position + lineEnd + 1;
            if (next < octets.Length && octets[next] == '\n')
                return next + 1;
            if (next + 1 < octets.Length && octets[next] == '\r' && octets[next + 1] == '\n')
                return next + 2;
            if (next + 1 >= octets.Length)
            {
                // What follows this line end is not there yet: look at it again.
                scanned = next - 1;
                return -1;
            }
            position = next;
        }
        scanned = octets.Length;
        return -1;
    }
}
