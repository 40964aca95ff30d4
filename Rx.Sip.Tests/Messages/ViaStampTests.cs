using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Transports;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class ViaStampTests
{
    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK1", "SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK1")]
    [InlineData("SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK1", "SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP phone.example.test;branch=z9hG4bK1", "SIP/2.0/UDP phone.example.test;branch=z9hG4bK1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP 192.0.2.7;rport;branch=z9hG4bK1", "SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1;rport=4711;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1;rport=1;received=1.1.1.1", "SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1;rport=4711;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1;received=1.1.1.1", "SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP a.test;branch=z9hG4bK1, SIP/2.0/TCP b.test;rport", "SIP/2.0/UDP a.test;branch=z9hG4bK1;received=192.0.2.7, SIP/2.0/TCP b.test;rport")]
    [InlineData("SIP / 2.0 / UDP  a.test : 5070 ; branch=z9hG4bK1", "SIP / 2.0 / UDP  a.test : 5070; branch=z9hG4bK1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP a.test\r\n ;branch=z9hG4bK1", "SIP/2.0/UDP a.test;branch=z9hG4bK1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP a.test;x=\"a;received=b;rport\";branch=z9hG4bK1", "SIP/2.0/UDP a.test;x=\"a;received=b;rport\";branch=z9hG4bK1;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP a.test", "SIP/2.0/UDP a.test;received=192.0.2.7")]
    public void Via_says_where_the_request_came_from(string via, string expected) =>
        Assert.Equal(expected, Stamp(via, "192.0.2.7:4711").Headers.Get("Via"));

    [Theory]
    [InlineData("SIP/2.0/UDP [2001:db8::7];branch=z9hG4bK1", "SIP/2.0/UDP [2001:db8::7];branch=z9hG4bK1")]
    [InlineData("SIP/2.0/UDP [2001:DB8:0::7]:5070;branch=z9hG4bK1", "SIP/2.0/UDP [2001:DB8:0::7]:5070;branch=z9hG4bK1")]
    [InlineData("SIP/2.0/UDP [2001:db8::8];branch=z9hG4bK1", "SIP/2.0/UDP [2001:db8::8];branch=z9hG4bK1;received=2001:db8::7")]
    public void An_address_of_version_6_is_known_however_it_is_written(string via, string expected) =>
        Assert.Equal(expected, Stamp(via, "[2001:db8::7]:4711").Headers.Get("Via"));

    [Fact]
    public void A_zone_stays_at_home() =>
        Assert.Equal("SIP/2.0/UDP a.test;received=fe80::7", Stamp("SIP/2.0/UDP a.test", "[fe80::7%3]:4711").Headers.Get("Via"));

    [Theory]
    [InlineData("SIP/2.0/UDP 192.0.2.7:5070;rport", 4711)]
    [InlineData("SIP/2.0/UDP 192.0.2.7:5070", 5070)]
    [InlineData("SIP/2.0/UDP 192.0.2.7", 5060)]
    [InlineData("SIP/2.0/UDP [2001:db8::7]:5080", 5080)]
    [InlineData("SIP/2.0/UDP [2001:db8::7]", 5060)]
    public void The_port_responses_go_to_is_the_one_asked_for(string via, int expected)
    {
        Assert.Equal(expected, Stamp(via, "192.0.2.7:4711").ReplyPort);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("SIP/2.0/UDP")]
    [InlineData("SIP/2.0/UDP a.test:99999")]
    [InlineData("SIP/2.0/UDP a.test:0")]
    [InlineData("SIP/2.0/UDP :5060")]
    public void A_Via_that_is_none_is_told(string via)
    {
        var request = Read(via, "192.0.2.7:4711");

        Assert.Equal(0, request.ReplyPort);
        Assert.Equal(via, request.Headers.Get("Via"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_stream_stamps_as_a_datagram_does(int chunk)
    {
        var stamp = new ViaStamp(IPEndPoint.Parse("192.0.2.7:4711"));
        var framer = new StreamFramer(SipLimits.Default, stamp);
        var octets = Encoding.UTF8.GetBytes(ManagerWorld.Message("SIP/2.0/TCP a.test\r\n ;rport") + ManagerWorld.Response());
        var read = new List<SipMessage>();
        foreach (var part in octets.Chunk(chunk))
        {
            framer.Append(part);
            while (framer.Next(out var message, out _) is not StreamItem.None)
                read.Add(message!);
        }

        Assert.Equal("SIP/2.0/TCP a.test;rport=4711;received=192.0.2.7", read[0].Headers.Get("Via"));
        Assert.Equal("hello", read[0].BodyText);
        Assert.Equal(ManagerWorld.Response(), read[1].ToWireString());
    }

    [Fact]
    public void What_is_stamped_reads_back_the_same() =>
        Prop.ForAll(Generators.Parameters.ToArbitrary(), parameters =>
        {
            var stamped = Stamp($"SIP/2.0/UDP a.test{parameters}", "192.0.2.7:4711");
            Assert.True(SipRequest.TryParse(stamped.ToWireString(), out var read));
            Assert.Equal(read.ToWireString(), stamped.ToWireString());
            Assert.Equal(read.Headers, stamped.Headers);
            Assert.Equal("192.0.2.7", stamped.TopVia?.Parameters.Get("received"));
            Assert.Equal("hello", stamped.BodyText);
        }).QuickCheckThrowOnFailure();

    private static SipRequest Read(string via, string source)
    {
        Assert.True(SipParser.TryParse(Encoding.UTF8.GetBytes(ManagerWorld.Message(via)), SipLimits.Default, new ViaStamp(IPEndPoint.Parse(source)), out var message, out _));
        return Assert.IsType<SipRequest>(message);
    }

    private static SipRequest Stamp(string via, string source)
    {
        var request = Read(via, source);
        Assert.NotEqual(0, request.ReplyPort);
        Assert.Equal("70", request.Headers.Get("Max-Forwards"));
        Assert.Equal("hello", request.BodyText);
        return request;
    }

    private static class Generators
    {
        private static readonly Gen<string> Parameter = Gen.Elements(
            ";rport", ";rport=5", ";received=1.2.3.4", ";branch=z9hG4bKx", ";x=\"a;b,c\"", "; ttl = 1", ";maddr=192.0.2.9", ";flag");

        public static readonly Gen<string> Parameters =
            from count in Gen.Choose(0, 8)
            from all in Parameter.ArrayOf(count)
            select string.Concat(all);
    }
}
