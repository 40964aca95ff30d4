using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Hosts (RFC 3261 §25.1): names, IPv4 addresses, IPv6 references as RFC 5954 corrects them.</summary>
internal static class Hosts
{
    private static readonly Gen<string> Name = Gen.Frequency(
        (4, Gen.Elements("example.test", "EXAMPLE.test", "proxy-1.example.test", "a.b.c.d.example.test", "localhost", "example.test.")),
        (2, from label in Words.Chars(Words.Letters + Words.Digits, 1, 20) select $"{label}.example.test"));

    public static Gen<string> IPv4 { get; } =
        from octet in Gen.Choose(0, 255)
        select $"192.0.2.{octet}";

    /// <summary>An IPv6 address without brackets: in full, shortened, in capitals, with an IPv4 address at its end.</summary>
    public static Gen<string> IPv6 { get; } = Gen.OneOf(
        Gen.Elements("::1", "::", "2001:db8::1", "2001:DB8::A:bC", "fe80::1", "::ffff:192.0.2.1", "2001:db8:0:0:0:0:192.0.2.33"),
        from groups in Words.Chars("0123456789abcdefABCDEF", 1, 4).ArrayOf(8) select string.Join(':', groups),
        from left in Words.Chars("0123456789abcdef", 1, 4).ArrayOf(3)
        from right in Words.Chars("0123456789abcdef", 1, 4).ArrayOf(2)
        select $"{string.Join(':', left)}::{string.Join(':', right)}");

    public static Gen<string> Any { get; } = Gen.Frequency((5, Name), (2, IPv4), (3, IPv6.Select(address => $"[{address}]")));

    public static Gen<string> WithPort { get; } =
        from host in Any
        from port in Words.Maybe(40, Words.Port.Select(port => ":" + port))
        select host + port;
}
