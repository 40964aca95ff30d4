using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// Writes into the topmost Via where requests of one peer really come from, while they are copied out of the receive buffer:
/// <c>received</c> (RFC 3261 §18.2.1) and <c>rport</c> (RFC 3581 §4). What the sender wrote there itself is not believed.
/// </summary>
internal sealed class ViaStamp(IPEndPoint source)
{
    private const int StackOctets = 512;
    private const int DefaultPort = 5060;

    private readonly IPAddress _address = WithoutZone(source.Address);

    // IPv6 without brackets (RFC 3261 §25.1).
    private byte[] Host => field ??= Encoding.ASCII.GetBytes(_address.ToString());

    private byte[] Port { get; } = Encoding.ASCII.GetBytes(source.Port.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Makes the frame of a request. <paramref name="replyPort"/> is where its responses go over UDP: the source port if the
    /// sender asks for that, else the port of sent-by (RFC 3261 §18.2.2); 0 when there is no readable Via, and no stamp then.
    /// </summary>
    public MessageFrame Frame(ReadOnlySpan<byte> octets, ReadOnlySpan<HeaderSlot> slots, int headersStart, int bodyStart, out int replyPort)
    {
        replyPort = 0;
        var index = IndexOfVia(slots);
        if (index < 0)
            return MessageFrame.Copy(octets, slots, headersStart, bodyStart);
        var value = octets.Slice(slots[index].ValueStart, slots[index].ValueLength);
        if (slots[index].Folded)
            value = Grammar.Unfold(value);
        var comma = Grammar.IndexOutside(value, (byte)',');
        var first = comma < 0 ? value : value[..comma];
        if (!ViaSyntax.TryRead(Grammar.Trim(first), out var via) || !HostPort.TryRead(via.SentBy, out var sentBy) || sentBy.Port == 0)
            return MessageFrame.Copy(octets, slots, headersStart, bodyStart);
        var asksForPort = via.Parameter("rport"u8, out _);
        replyPort = asksForPort ? source.Port : sentBy.Port < 0 ? DefaultPort : sentBy.Port;
        if (!asksForPort && Names(sentBy.Host) && !via.Parameter("received"u8, out _))
            return MessageFrame.Copy(octets, slots, headersStart, bodyStart);

        var room = first.Length + ";received=;rport="u8.Length + Host.Length + Port.Length;
        Span<byte> stamped = room <= StackOctets ? stackalloc byte[StackOctets] : new byte[room];
        var length = Write(stamped, value, via, asksForPort);
        return MessageFrame.Splice(octets, slots, headersStart, bodyStart, index, stamped[..length], value[first.Length..]);
    }

    private int Write(Span<byte> room, ReadOnlySpan<byte> value, in ViaSyntax via, bool asksForPort)
    {
        value.Overlaps(via.SentBy, out var sentBy);
        var length = Append(room, 0, value[..(sentBy + via.SentBy.Length)]);
        var rest = via.Parameters;
        while (!rest.IsEmpty)
        {
            var end = Grammar.IndexOutside(rest, (byte)';');
            var part = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!part.IsEmpty && !IsOurs(part))
                length = Append(room, Append(room, length, ";"u8), part);
        }
        if (asksForPort)
            length = Append(room, Append(room, length, ";rport="u8), Port);
        return Append(room, Append(room, length, ";received="u8), Host);
    }

    // A name never is the address itself, so it always gets a received.
    private bool Names(ReadOnlySpan<byte> host)
    {
        var bare = host is [(byte)'[', .., (byte)']'] ? host[1..^1] : host;
        return bare.SequenceEqual(Host)
            || (_address.AddressFamily == AddressFamily.InterNetworkV6 && IPAddress.TryParse(Grammar.Text(bare), out var other) && other.Equals(_address));
    }

    private static bool IsOurs(ReadOnlySpan<byte> parameter)
    {
        var equals = parameter.IndexOf((byte)'=');
        var name = Grammar.Trim(equals < 0 ? parameter : parameter[..equals]);
        return Grammar.Same(name, "received"u8) || Grammar.Same(name, "rport"u8);
    }

    private static int Append(Span<byte> room, int length, ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(room[length..]);
        return length + octets.Length;
    }

    private static int IndexOfVia(ReadOnlySpan<HeaderSlot> slots)
    {
        for (var i = 0; i < slots.Length; i++)
            if (slots[i].Id == HeaderId.Via)
                return i;
        return -1;
    }

    // The zone is ours and means nothing to the peer.
    private static IPAddress WithoutZone(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes()) : address;
}
