using System.Text;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>The octets of the samples.</summary>
internal static class Samples
{
    public const string Description = """
        v=0
        o=alice 2890844526 2890844526 IN IP4 192.0.2.17
        s=-
        c=IN IP4 192.0.2.17
        t=0 0
        m=audio 49170 RTP/AVP 0 8 96 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:96 opus/48000/2
        a=fmtp:96 useinbandfec=1
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=ptime:20
        a=sendrecv

        """;

    public static byte[] Octets(Sample sample) => sample switch
    {
        Sample.Message => Write(
            """
            MESSAGE sip:bob@192.0.2.33:5060;transport=udp SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.17:5060;branch=z9hG4bK7s1kd0q2m4p8a6ve;rport
            Max-Forwards: 70
            From: "Alice" <sip:alice@example.test>;tag=p0d8u2m5s7k1
            To: <sip:bob@example.test>
            Call-ID: 4n8q1c0v7b5m2x9z3l6k8j1h
            CSeq: 17 MESSAGE
            User-Agent: Hello/1.0
            Content-Type: text/plain;charset=utf-8
            """,
            "Are you coming over for tea this afternoon? There is cake, and the garden is dry enough to sit outside at last."),
        Sample.Invite => Write(
            """
            INVITE sip:bob@192.0.2.33:5060;transport=udp SIP/2.0
            Via: SIP/2.0/UDP proxy.example.test:5060;branch=z9hG4bK3d0f8a1c5b7e2g4h.1
            Via: SIP/2.0/UDP 192.0.2.17:5060;branch=z9hG4bK7s1kd0q2m4p8a6ve;rport=5060;received=192.0.2.17
            Record-Route: <sip:proxy.example.test;lr;ftag=p0d8u2m5s7k1>
            Max-Forwards: 69
            From: "Alice Liddell" <sip:alice@example.test>;tag=p0d8u2m5s7k1
            To: "Bob" <sip:bob@example.test>
            Call-ID: 4n8q1c0v7b5m2x9z3l6k8j1h@192.0.2.17
            CSeq: 102 INVITE
            Contact: <sip:alice@192.0.2.17:5060;transport=udp>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-aabbccddeeff>"
            Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, NOTIFY, REFER, UPDATE, PRACK
            Supported: replaces, 100rel, timer, outbound
            Session-Expires: 1800;refresher=uac
            Min-SE: 90
            User-Agent: Hello/1.0
            Content-Type: application/sdp
            """,
            Description),
        _ => Write(
            """
            REGISTER sip:example.test SIP/2.0
            Via: SIP/2.0/TCP 192.0.2.17:51322;branch=z9hG4bK0v2n6x8c1q5w3e7r;rport
            Max-Forwards: 70
            From: <sip:alice@example.test>;tag=u8i2o4p6a1s3
            To: <sip:alice@example.test>
            Call-ID: 9k2l5m8n1b4v7c0x3z6a9s2d
            CSeq: 2 REGISTER
            Contact: <sip:alice@192.0.2.17:51322;transport=tcp>;reg-id=1;+sip.instance="<urn:uuid:00000000-0000-1000-8000-aabbccddeeff>"
            Supported: path, outbound
            Expires: 3600
            User-Agent: Hello/1.0
            Authorization: Digest username="alice", realm="example.test", nonce="ZK1xY2i3nR4tQ5wE6uI7oP8a", uri="sip:example.test", response="0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="q1w2e3r4t5y6u7i8"
            """,
            ""),
    };

    private static byte[] Write(string head, string body)
    {
        var text = $"{head}\nContent-Length: {body.ReplaceLineEndings("\r\n").Length}\n\n{body}";
        return Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"));
    }
}
