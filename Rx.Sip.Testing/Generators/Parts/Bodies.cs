using FsCheck;
using FsCheck.Fluent;
using static System.FormattableString;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Bodies: none, text, SDP (RFC 8866), CPIM (RFC 3862), PIDF (RFC 3863), multipart with parts within parts (RFC 2046 §5.1), bare octets, and large ones.</summary>
internal static class Bodies
{
    private const int Large = 40_000;

    private static readonly Gen<string> Media =
        from kind in Gen.Elements("audio", "video", "application", "message")
        from port in Gen.Choose(0, 65535)
        from protocol in Gen.Elements("RTP/AVP 0 8 101", "RTP/SAVPF 96", "TCP/MSRP *", "UDP/BFCP *")
        from attributes in Words.Join("", Gen.Elements("a=rtpmap:0 PCMU/8000\r\n", "a=sendrecv\r\n", "a=inactive\r\n", "a=fmtp:101 0-15\r\n", "b=AS:64\r\n"), 0, 4)
        select Invariant($"m={kind} {port} {protocol}\r\n{attributes}");

    private static readonly Gen<DraftBody> Text =
        from lines in Words.Join("\r\n", Words.Text, 1, 4)
        from type in Gen.Elements("text/plain", "text/plain;charset=UTF-8", "text/plain ; charset=\"utf-8\"", "TEXT/Plain")
        select new DraftBody(type, Octets.OfText(lines));

    private static readonly Gen<DraftBody> Sdp =
        from number in Gen.Choose(1, int.MaxValue)
        from address in Gen.OneOf(Hosts.IPv4.Select(text => $"IP4 {text}"), Hosts.IPv6.Select(text => $"IP6 {text}"))
        from name in Gen.Elements("-", " ", "A session")
        from attributes in Words.Maybe(30, Gen.Elements("a=group:BUNDLE 0 1\r\n", "b=CT:128\r\n", "i=Zoë\r\n"))
        from media in Words.Join("", Media, 0, 3)
        let information = attributes.StartsWith('i') ? attributes : ""
        select new DraftBody("application/sdp", Octets.OfText(Invariant(
            $"v=0\r\no=alice {number} 1 IN {address}\r\ns={name}\r\n{information}c=IN {address}\r\n{(attributes.StartsWith('b') ? attributes : "")}t=0 0\r\n{(attributes.StartsWith('a') ? attributes : "")}{media}")));

    private static readonly Gen<DraftBody> Cpim =
        from text in Words.Text
        from subject in Words.Maybe(40, Gen.Elements("Subject: hello\r\n", "Subject:;lang=fr bonjour\r\n", "NS: MyFeatures <mid:MessageFeatures@id.foo.com>\r\nRequire: MyFeatures.VitalMessageOption\r\n"))
        select new DraftBody("message/cpim", Octets.OfText(
            $"From: Alice <im:alice@example.test>\r\nTo: <im:bob@example.test>\r\nDateTime: 2026-01-01T13:40:00-08:00\r\n{subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}"));

    private static readonly Gen<DraftBody> Presence =
        from status in Gen.Elements("open", "closed")
        from note in Gen.Elements("", "<note xml:lang=\"de\">müde</note>")
        select new DraftBody("application/pidf+xml", Octets.OfText(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"pres:a@example.test\"><tuple id=\"t\"><status><basic>{status}</basic></status></tuple>{note}</presence>"));

    private static readonly Gen<DraftBody> Binary =
        from octets in Gen.Choose(0, 255).ArrayOf()
        select new DraftBody("application/octet-stream", string.Concat(octets.Select(octet => (char)octet)));

    private static readonly Gen<DraftBody> Big =
        from size in Gen.Choose(1500, Large)
        from letter in Gen.Elements('x', '\n', '\0', 'é')
        select new DraftBody("application/x-big", new string(letter, size));

    private static readonly Gen<DraftBody> Simple = Gen.Frequency((4, Text), (4, Sdp), (1, Cpim), (1, Presence), (1, Binary));

    /// <summary>Any body, or none.</summary>
    public static Gen<DraftBody> Any { get; } = Gen.Frequency((6, Gen.Constant(DraftBody.None)), (10, Simple), (3, Multipart(Simple)), (1, Multipart(Gen.Frequency((2, Simple), (1, Multipart(Simple))))), (1, Big));

    private static Gen<DraftBody> Multipart(Gen<DraftBody> part) =>
        from parts in Gen.Choose(1, 4).SelectMany(count => part.ArrayOf(count))
        from boundary in Words.Chars(Words.Letters + Words.Digits, 6, 20)
        from quote in Gen.Elements("", "\"")
        from subtype in Gen.Elements("mixed", "alternative", "related")
        from preamble in Words.Maybe(20, Gen.Constant("Not to be seen.\r\n"))
        from epilogue in Words.Maybe(20, Gen.Constant("\r\nNor this."))
        select new DraftBody($"multipart/{subtype};boundary={quote}{boundary}{quote}",
            preamble + string.Concat(parts.Select((each, index) =>
                $"{(index == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: {each.ContentType}\r\nContent-ID: <{index}@example.test>\r\n\r\n{each.Octets}")) + $"\r\n--{boundary}--\r\n{epilogue}");
}
