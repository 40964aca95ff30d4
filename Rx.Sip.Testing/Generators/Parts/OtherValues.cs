using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Values of the other headers (RFC 3261 §20 and its extensions).</summary>
internal static class OtherValues
{
    private static readonly string[] Days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static Gen<string> OptionTag { get; } = Gen.Frequency((4, Gen.Elements("100rel", "timer", "path", "outbound", "replaces", "gruu")), (1, Words.Token));

    public static Gen<string> MediaRange { get; } = Gen.Elements("application/sdp", "text/plain", "*/*", "text/*;q=0.5", "multipart/mixed", "application/pidf+xml;charset=\"utf-8\"");

    public static Gen<string> EventPackage { get; } = Gen.Elements("presence", "presence.winfo", "dialog;id=\"a;b\"", "message-summary", "reg;shared", "conference", "x-unknown.template");

    public static Gen<string> SubscriptionState { get; } = Gen.Elements("active;expires=600", "pending", "terminated;reason=noresource", "terminated;reason=deactivated;retry-after=10", "x-state;x-a=\"b\"");

    public static Gen<string> RAck { get; } =
        from number in Gen.Choose(1, 100_000)
        from sequence in CoreValues.Sequence
        select $"{number} {sequence} INVITE";

    /// <summary>A day of the first 28 of a month between 1970 and 2099, by its right name.</summary>
    public static Gen<string> Date { get; } =
        from day in Gen.Choose(0, 47_000)
        from second in Gen.Choose(0, 86_399)
        let date = DateTime.UnixEpoch.AddDays(day).AddSeconds(second)
        select $"{Days[day % 7]}, {date.Day:00} {Months[date.Month - 1]} {date.Year} {date.Hour:00}:{date.Minute:00}:{date.Second:00} GMT";

    public static Gen<string> Product { get; } = Gen.Frequency(
        (3, Gen.Elements("Rx.Sip/1.0", "Phone/2.1 (build 7; \\(beta\\)) Stack/0.9", "A (comment (nested))")),
        (1, Words.Token.Select(token => $"Agent/{token}")));

    public static Gen<string> Warning { get; } =
        from code in Gen.Choose(300, 399)
        from agent in Hosts.WithPort
        from text in Words.Quoted
        select $"{code} {agent} {text}";

    public static Gen<string> Challenge { get; } =
        from realm in Words.Quoted
        from nonce in Words.Hex
        from rest in Gen.Elements("", ", algorithm=MD5", ", algorithm=SHA-256, qop=\"auth,auth-int\", stale=TRUE", ", opaque=\"\", domain=\"sip:example.test sip:other.test\"")
        from scheme in Gen.Frequency((6, Gen.Constant("Digest")), (1, Gen.Elements("NTLM", "Kerberos", "digest", "Unknown")))
        select $"{scheme} realm={realm}, nonce=\"{nonce}\"{rest}";

    public static Gen<string> Credentials { get; } =
        from user in Words.Quoted
        from response in Words.Chars("0123456789abcdef", 32, 32)
        from rest in Gen.Elements("", ", algorithm=MD5", ",qop=auth,nc=00000001,cnonce=\"0a4f113b\"", ", opaque=\"x\"")
        select $"Digest username={user}, realm=\"example.test\", nonce=\"84a4cc6f\", uri=\"sip:example.test\", response=\"{response}\"{rest}";

    public static Gen<string> Replaces { get; } =
        from call in Words.Token
        from to in Words.Token
        from @from in Words.Token
        from early in Words.Maybe(20, Gen.Constant(";early-only"))
        select $"{call}@192.0.2.7;to-tag={to};from-tag={@from}{early}";

    public static Gen<string> InfoLink { get; } =
        from uri in Gen.OneOf(Uris.Sip, Gen.Constant("http://www.example.test/photo.jpg"))
        from parameters in Gen.Elements("", ";purpose=icon", ";purpose=info ;x-a=b", ";appearance=2")
        select $"<{uri}>{parameters}";

    public static Gen<string> Reason { get; } = Gen.Elements("SIP;cause=200;text=\"Call completed elsewhere\"", "Q.850 ;cause=16 ;text=\"Terminated\"", "preemption;cause=1");

    public static Gen<string> Security { get; } = Gen.Elements("digest;d-alg=SHA-256;q=0.1", "tls;q=0.2", "ipsec-3gpp;alg=hmac-sha-1-96;prot=esp;spi-c=1;spi-s=2;port-c=5062;port-s=5064");

    public static Gen<string> History { get; } = from address in Addresses.Sip from index in Gen.Elements("1", "1.1", "1.1.2") select $"{address};index={index}";

    public static Gen<string> Identity { get; } = from signature in Words.Chars(Words.Letters + Words.Digits + "+/", 8, 60) select $"\"{signature}=\"";

    public static Gen<string> Diagnostics { get; } = from code in Gen.Choose(1000, 30_000) from text in Words.Quoted select $"{code};reason={text};source=\"example.test\"";

    /// <summary>Text that begins and ends with something visible, or none at all.</summary>
    public static Gen<string> Free { get; } = Words.Text.Where(text => text.Trim() == text);
}
