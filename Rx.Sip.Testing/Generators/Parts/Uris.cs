using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>URIs as text: SIP and SIPS (RFC 3261 §19.1), tel (RFC 3966), and any other scheme.</summary>
internal static class Uris
{
    private static readonly Gen<string> Escape = Gen.OneOf(
        Gen.Elements("%20", "%41", "%7e", "%7E", "%3b", "%40", "%2F", "%25", "%C3%A9", "%e4%b8%ad", "%F0%9F%98%80"),
        from octet in Gen.Choose(1, 255) select $"%{octet:X2}");

    private static readonly Gen<string> User = Gen.Frequency(
        (6, Gen.Elements("alice", "bob", "1234567", "first.last", "a")),
        (2, Words.Join("", Gen.Frequency((5, Words.Chars(Words.Letters + Words.Digits + "-_.!~*'()", 1, 4)), (1, Words.Chars("&=+$,;?/", 1, 2)), (2, Escape)), 1, 5)),
        (1, Gen.Constant("+1-201-555-0123;phone-context=example.test")));

    private static readonly Gen<string> Parameter = Gen.OneOf(
        Gen.Elements("transport=udp", "transport=tcp", "transport=TLS", "lr", "lr=on", "user=phone", "user=ip", "method=INVITE", "ttl=16", "maddr=239.255.255.1", "gr", "ob", "comp=sigcomp"),
        from name in Words.Chars(Words.Letters, 1, 8) select $"x-{name}",
        from name in Words.Chars(Words.Letters, 1, 8)
        from value in Words.Join("", Gen.Frequency((4, Words.Chars(Words.Letters + Words.Digits + "-_.!~*'()[]/:&+$", 1, 6)), (1, Escape)), 1, 3)
        select $"x-{name}={value}");

    private static readonly Gen<string> Parameters = Gen.Frequency(
        (5, Gen.Constant("")),
        (5, from count in Gen.Choose(1, 4)
            from parameters in Parameter.ArrayOf(count)
            select string.Concat(parameters.DistinctBy(text => text.Split('=')[0]).Select(text => ";" + text))));

    private static readonly Gen<string> Headers = Words.Maybe(8,
        from value in Words.Join("", Gen.Frequency((4, Words.Chars(Words.Letters, 1, 6)), (1, Escape)), 0, 3)
        from more in Words.Maybe(30, Gen.Constant("&Priority=urgent"))
        select $"?Subject={value}{more}");

    /// <summary>Without parameters and headers, so that it may stand without brackets (RFC 3261 §20).</summary>
    public static Gen<string> Bare { get; } =
        from scheme in Gen.Frequency((6, Gen.Constant("sip:")), (2, Gen.Constant("sips:")), (1, Gen.Constant("SIP:")))
        from user in Gen.Elements("alice@", "bob@", "%61lice@", "")
        from host in Hosts.WithPort
        select scheme + user + host;

    public static Gen<string> Sip { get; } =
        from scheme in Gen.Frequency((7, Gen.Constant("sip:")), (2, Gen.Constant("sips:")), (1, Gen.Constant("SiP:")))
        from user in Words.Maybe(85, User)
        from password in Words.Maybe(user.Length == 0 ? 0 : 5, Gen.Elements(":secret", ":", ":p%40ss&=+$,"))
        from host in Hosts.WithPort
        from parameters in Parameters
        from headers in Headers
        select $"{scheme}{user}{password}{(user.Length == 0 ? "" : "@")}{host}{parameters}{headers}";

    public static Gen<string> Tel { get; } = Gen.OneOf(
        from number in Words.Chars(Words.Digits + "-.()", 3, 12)
        from extension in Words.Maybe(30, Gen.Elements(";ext=42", ";isub=1234", ";x-a=b"))
        select $"tel:+1{number}{extension}",
        from number in Words.Chars(Words.Digits + "*#ABCD", 1, 8) select $"tel:{number};phone-context=example.test");

    public static Gen<string> Other { get; } = Gen.OneOf(
        Gen.Elements("im:alice@example.test", "pres:bob@example.test", "urn:service:sos", "http://www.example.test/a?b=c&d#e", "mailto:bob@example.test", "cid:1@example.test", "nobodyKnowsThisScheme:totally-opaque%20part"),
        from scheme in Words.Chars(Words.Letters, 2, 8)
        from opaque in Words.Chars(Words.Letters + Words.Digits + "/?:@&=+$,;-_.!~*'()", 1, 20)
        select $"x{scheme}+a.b-c:{opaque}");

    /// <summary>What a request may be sent to and a user agent understands.</summary>
    public static Gen<string> Target { get; } = Gen.Frequency((9, Sip), (1, Tel));

    public static Gen<string> Any { get; } = Gen.Frequency((8, Sip), (1, Tel), (1, Other));
}
