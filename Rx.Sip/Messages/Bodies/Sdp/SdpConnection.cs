using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>Where media are sent: the c= line (RFC 8866 §5.7).</summary>
/// <param name="NetworkType"><c>IN</c>.</param>
/// <param name="AddressType"><c>IP4</c> or <c>IP6</c>.</param>
/// <param name="Address">The address; of a multicast group with its time to live and number of addresses behind slashes.</param>
public sealed record SdpConnection(string NetworkType, string AddressType, string Address)
{
    /// <summary>Whether the address is 0.0.0.0: how RFC 2543 put a peer on hold, still to be understood (RFC 3264 §8.4).</summary>
    public bool IsHold => Address == "0.0.0.0";

    /// <summary>A unicast address.</summary>
    public static SdpConnection Create(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new SdpConnection("IN", address.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4", address.ToString());
    }

    /// <summary>Reads the value of a c= line; false when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SdpConnection? connection)
    {
        connection = SdpText.Fields(text) is [var network, var family, var address] ? new SdpConnection(network, family, address) : null;
        return connection is not null;
    }

    /// <summary>Reads the value of a c= line. Throws <see cref="FormatException"/> when it is none.</summary>
    public static SdpConnection Parse(string text) => TryParse(text, out var connection) ? connection : throw SdpText.NotA("connection", text);

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{NetworkType} {AddressType} {Address}";
}
