using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

public class SizeLimitsTests
{
    private const string Via = "SIP/2.0/UDP 192.0.2.7:4711;branch=z9hG4bK1";

    private readonly ManagerWorld _world = new(new ConnectionManagerSettings
    {
        Limits = new SipLimits { MaxHeaderOctets = 2000, MaxBodyOctets = 100, MaxRequestUriOctets = 60, MaxHeaders = 20, MaxParameters = 30 },
    });

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, TrafficLimit.MaxParameters)]
    public void Parameters_of_a_header_are_bounded(int count, TrafficLimit? exceeded) =>
        Exceeds(exceeded, "513 Message Too Large", ManagerWorld.Message(Via).Replace("Max-Forwards: 70", "X: a" + string.Concat(Enumerable.Repeat(";b", count)), StringComparison.Ordinal));

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, TrafficLimit.MaxParameters)]
    public void Elements_of_a_header_are_bounded(int count, TrafficLimit? exceeded) =>
        Exceeds(exceeded, "513 Message Too Large", ManagerWorld.Message(Via).Replace("Max-Forwards: 70", "Accept: a/a" + string.Concat(Enumerable.Repeat(",a/a", count)), StringComparison.Ordinal));

    [Theory]
    [InlineData(16, null)]
    [InlineData(17, TrafficLimit.MaxRequestUriOctets)]
    public void The_Request_URI_is_bounded(int count, TrafficLimit? exceeded) =>
        Exceeds(exceeded, "414 Request-URI Too Long", ManagerWorld.Message(Via).Replace("sip:bob@example.test SIP", $"sip:bob@example.test;abcdefghijklmnopqrstuvw{new string('x', count)} SIP", StringComparison.Ordinal));

    [Theory]
    [InlineData(14, null)]
    [InlineData(15, TrafficLimit.MaxHeaders)]
    public void Header_fields_are_bounded(int count, TrafficLimit? exceeded) =>
        Exceeds(exceeded, "513 Message Too Large", ManagerWorld.Message(Via).Replace("Max-Forwards: 70\r\n", string.Concat(Enumerable.Repeat("X: a\r\n", count)), StringComparison.Ordinal));

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, TrafficLimit.MaxBodyOctets)]
    public void The_body_is_bounded(int count, TrafficLimit? exceeded) =>
        Exceeds(exceeded, "413 Request Entity Too Large", ManagerWorld.Message(Via, body: new string('x', count)));

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1800, TrafficLimit.MaxHeaderOctets)]
    public void The_headers_are_bounded(int count, TrafficLimit? exceeded) =>
        Exceeds(exceeded, "513 Message Too Large", ManagerWorld.Message(Via).Replace("Max-Forwards: 70", "X: " + new string('a', count), StringComparison.Ordinal));

    [Fact]
    public void What_has_too_many_parameters_can_be_refused_and_its_stream_goes_on()
    {
        var flow = _world.Tcp.Accept("192.0.2.7:4711");

        flow.Receive(ManagerWorld.Message(Via).Replace("Max-Forwards: 70", "X: a" + new string(';', 500), StringComparison.Ordinal));
        flow.Receive(ManagerWorld.Message(Via, callId: "next"));

        Assert.StartsWith("513", flow.LastResponse.ToString()[..3], StringComparison.Ordinal);
        Assert.Equal("next", Assert.Single(_world.Above.Requests).Request.CallId);
    }

    private void Exceeds(TrafficLimit? limit, string answer, string message)
    {
        var flow = _world.Udp.Accept("192.0.2.7:4711");
        flow.Receive(message);

        Assert.Equal(limit is null ? 1 : 0, _world.Above.Requests.Count);
        if (limit is { } exceeded)
        {
            Assert.Equal(answer, flow.LastResponse.ToString());
            Assert.Equal(1, _world.Manager.Traffic.Exceeded(exceeded));
        }
    }
}
