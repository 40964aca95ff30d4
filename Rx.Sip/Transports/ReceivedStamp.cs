using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>
/// Writes into the topmost Via where a request really came from: <c>received</c> (RFC 3261 §18.2.1) and <c>rport</c> (RFC 3581 §4). What the
/// sender wrote there itself is not believed.
/// </summary>
internal static class ReceivedStamp
{
    private const int StackOctets = 512;

    /// <summary>
    /// False when there is no readable Via. <paramref name="replyPort"/> is where responses go over UDP: the source port if the
    /// sender asks for that, else the port of sent-by (RFC 3261 §18.2.2).
    /// </summary>
    public static bool TryApply(ref SipRequest request, PeerAddress source, out int replyPort)
    {
        replyPort = source.Port;
        var frame = request.Frame;
        var index = frame.IndexOf(HeaderId.Via);
        if (index < 0)
            return false;
        var value = frame.ValueOf(frame.Slots[index]);
        var comma = Grammar.IndexOutside(value, (byte)',');
        var first = comma < 0 ? value : value[..comma];
        if (!ViaSyntax.TryRead(Grammar.Trim(first), out var via) || !TrySentBy(via.SentBy, out var host, out var port))
            return false;
        var asksForPort = via.Parameter("rport"u8, out _);
        if (!asksForPort)
            replyPort = port;
        if (asksForPort || !source.IsNamedBy(host) || via.Parameter("received"u8, out _))
            request = Stamp(request, index, value, first, via, asksForPort, source);
        return true;
    }

    private static SipRequest Stamp(SipRequest request, int index, ReadOnlySpan<byte> value, ReadOnlySpan<byte> first, in ViaSyntax via, bool asksForPort, PeerAddress source)
    {
        var room = first.Length + ";received=;rport="u8.Length + source.Host.Length + source.PortText.Length;
        Span<byte> stamped = room <= StackOctets ? stackalloc byte[StackOctets] : new byte[room];
        value.Overlaps(via.SentBy, out var sentBy);
        var writer = new OctetWriter(stamped);
        writer.Write(value[..(sentBy + via.SentBy.Length)]);
        var rest = via.Parameters;
        while (TryParameter(ref rest, out var parameter))
            if (!IsOurs(parameter))
                writer.Write(";"u8, parameter);
        if (asksForPort)
            writer.Write(";rport="u8, source.PortText);
        writer.Write(";received="u8, source.Host);
        return request.With(MessageEdit.ReplaceStart(request.Frame, index, first.Length, writer.Written));
    }

    private static bool TryParameter(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> parameter)
    {
        var end = Grammar.IndexOutside(rest, (byte)';');
        parameter = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return !parameter.IsEmpty;
    }

    private static bool IsOurs(ReadOnlySpan<byte> parameter)
    {
        var equals = parameter.IndexOf((byte)'=');
        var name = Grammar.Trim(equals < 0 ? parameter : parameter[..equals]);
        return Grammar.Same(name, "received"u8) || Grammar.Same(name, "rport"u8);
    }

    private static bool TrySentBy(ReadOnlySpan<byte> sentBy, out ReadOnlySpan<byte> host, out int port)
    {
        port = DefaultPort.Of(SipTransportType.Udp);
        var bracket = sentBy.LastIndexOf((byte)']');
        var colon = sentBy[(bracket + 1)..].IndexOf((byte)':');
        host = colon < 0 ? sentBy : Grammar.Trim(sentBy[..(bracket + 1 + colon)]);
        if (colon < 0)
            return true;
        var valid = Grammar.TryNumber(Grammar.Trim(sentBy[(bracket + colon + 2)..]), ushort.MaxValue, out var number) && number > 0;
        port = (int)number;
        return valid && !host.IsEmpty;
    }
}
