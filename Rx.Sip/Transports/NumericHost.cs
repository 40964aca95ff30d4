using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>Reads hosts that are addresses already.</summary>
internal static class NumericHost
{
    /// <summary>An IPv4 address of four numbers, or an IPv6 address, in brackets or without. The system's short forms (<c>1</c> for 0.0.0.1) are none.</summary>
    public static bool TryParse(ReadOnlySpan<char> host, [NotNullWhen(true)] out IPAddress? address)
    {
        var bare = host is ['[', .., ']'] ? host[1..^1] : host;
        if (IPAddress.TryParse(bare, out address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || (IsDotted(bare))))
            return true;
        address = null;
        return false;
    }

    private static bool IsDotted(ReadOnlySpan<char> host)
    {
        var dots = 0;
        foreach (var letter in host)
        {
            if (letter is not ('.' or (>= '0' and <= '9')))
                return false;
            dots += letter == '.' ? 1 : 0;
        }
        return dots == 3;
    }
}
