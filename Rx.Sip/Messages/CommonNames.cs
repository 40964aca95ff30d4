namespace Rx.Sip.Messages;

/// <summary>Text that most messages hold, of which one string each will do.</summary>
internal static class CommonNames
{
    public static string Of(ReadOnlySpan<byte> octets) => octets.Length switch
    {
        2 when octets.SequenceEqual("lr"u8) => "lr",
        3 when octets.SequenceEqual("tag"u8) => "tag",
        3 when octets.SequenceEqual("UDP"u8) => "UDP",
        3 when octets.SequenceEqual("TCP"u8) => "TCP",
        3 when octets.SequenceEqual("TLS"u8) => "TLS",
        3 when octets.SequenceEqual("udp"u8) => "udp",
        3 when octets.SequenceEqual("tcp"u8) => "tcp",
        5 when octets.SequenceEqual("rport"u8) => "rport",
        6 when octets.SequenceEqual("branch"u8) => "branch",
        7 when octets.SequenceEqual("expires"u8) => "expires",
        8 when octets.SequenceEqual("received"u8) => "received",
        9 when octets.SequenceEqual("transport"u8) => "transport",
        _ => Grammar.Text(octets),
    };
}
