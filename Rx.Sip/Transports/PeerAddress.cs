using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>A peer's address as the octets it is written with in a Via, made once per flow.</summary>
internal sealed class PeerAddress(IPEndPoint peer)
{
    private readonly IPAddress _address = WithoutZone(peer.Address);

    /// <summary>The address, IPv6 without brackets as <c>received</c> has it (RFC 3261 §25.1).</summary>
    public byte[] Host => field ??= Encoding.ASCII.GetBytes(_address.ToString());

    public byte[] PortText { get; } = Encoding.ASCII.GetBytes(peer.Port.ToString(CultureInfo.InvariantCulture));

    public int Port => peer.Port;

    /// <summary>Whether a sent-by host is this very address; a name never is (RFC 3261 §18.2.1).</summary>
    public bool IsNamedBy(ReadOnlySpan<byte> host)
    {
        var bare = host is [(byte)'[', .., (byte)']'] ? host[1..^1] : host;
        return bare.SequenceEqual(Host)
            || (_address.AddressFamily == AddressFamily.InterNetworkV6 && NumericHost.TryParse(Grammar.Text(bare), out var other) && other.Equals(_address));
    }

    // The zone is ours and means nothing to the peer.
    private static IPAddress WithoutZone(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes()) : address;
}
