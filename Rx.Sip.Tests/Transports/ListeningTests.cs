using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>What is listened on, over real sockets and on virtual time.</summary>
public class ListeningTests
{
    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task All_addresses_of_a_family_are_listened_on_and_the_port_is_the_systems(SipTransportType transport)
    {
        await using var server = new Peer();
        await using var client = new Peer();
        var bound = server.Listen(transport, "0.0.0.0");
        Assert.Equal(IPAddress.Any, bound.Address);
        Assert.NotEqual(0, bound.Port);

        foreach (var address in new[] { "127.0.0.1", "127.0.0.2" })
        {
            client.Send(new SipTarget(transport, new IPEndPoint(IPAddress.Parse(address), bound.Port), address), address);
            Assert.Equal(address, client.NextResponse().Response.CallId);
            var flow = server.NextRequest().Flow;
            // A datagram's own address is not told; what answers it leaves from the one that the system prefers.
            Assert.Equal(flow.IsReliable ? address : "127.0.0.1", flow.LocalEndPoint.Address.ToString());
        }
        Assert.Equal([new ListeningAddress(transport, bound)], server.Manager.ListeningAddresses);
    }

    [Theory]
    [MemberData(nameof(Loopback.Addresses), MemberType = typeof(Loopback))]
    public async Task Both_families_can_be_listened_on_at_once_on_all_addresses(string address)
    {
        await using var server = new Peer();
        await using var client = new Peer();
        var ports = new Dictionary<AddressFamily, int>();
        foreach (var any in Loopback.Addresses.Count > 1 ? new[] { IPAddress.Any, IPAddress.IPv6Any } : [IPAddress.Any])
            ports[any.AddressFamily] = server.Listen(SipTransportType.Tcp, any.ToString()).Port;
        var to = IPAddress.Parse(address);

        client.Send(new SipTarget(SipTransportType.Tcp, new IPEndPoint(to, ports[to.AddressFamily]), address), "1");

        Assert.Equal(200, client.NextResponse().Response.StatusCode);
        Assert.Equal(to, server.NextRequest().Flow.LocalEndPoint.Address);
    }

    [Theory]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    [InlineData(SipTransportType.WebSocket)]
    public async Task Who_stops_listening_frees_the_port_at_once_and_keeps_its_connections(SipTransportType transport)
    {
        await using var server = new Peer();
        await using var client = new Peer();
        IPEndPoint? bound = null;
        var listening = server.Manager.StartListening(transport, Loopback.Any("127.0.0.1")).Subscribe(address => bound = address);
        var target = new SipTarget(transport, bound!, "127.0.0.1");
        client.Send(target, "1");
        client.NextResponse();

        listening.Dispose();

        Assert.Empty(server.Manager.ListeningAddresses);
        if (transport != SipTransportType.Udp)
        {
            client.Send(target, "2");
            Assert.Equal("2", client.NextResponse().Response.CallId);
            await using var stranger = new Peer();
            stranger.Send(target, "3");
            Assert.IsType<SocketException>(stranger.NextClosed().Error);
        }
        using var again = server.Manager.StartListening(transport, bound!).Subscribe(_ => { });
        Assert.Equal(bound, Assert.Single(server.Manager.ListeningAddresses).EndPoint);
    }

    [Fact]
    public void The_addresses_are_a_stream_that_begins_with_those_there_are()
    {
        var world = new ManagerWorld();
        var heard = new List<string>();
        world.Manager.ListeningAddressChanges.Subscribe(all => heard.Add(Text(all)), () => heard.Add("over"));
        world.Time.AdvanceBy(TimeSpan.FromTicks(1));
        Assert.Equal(["udp:0.0.0.0:5060 tcp:0.0.0.0:5060"], heard);

        var listening = world.Manager.StartListening(new IPEndPoint(IPAddress.Loopback, 5070)).Subscribe();
        listening.Dispose();
        Assert.Single(heard);
        world.Time.AdvanceBy(TimeSpan.FromTicks(1));

        Assert.Equal(["udp:0.0.0.0:5060 tcp:0.0.0.0:5060 tcp:127.0.0.1:5070", "udp:0.0.0.0:5060 tcp:0.0.0.0:5060"], heard[1..]);
    }

    [Fact]
    public async Task The_stream_of_addresses_ends_with_the_manager_behind_the_word_that_there_are_none()
    {
        var world = new ManagerWorld();
        var heard = new List<string>();
        world.Manager.ListeningAddressChanges.Subscribe(all => heard.Add(Text(all)), () => heard.Add("over"));

        await world.Manager.DisposeAsync();
        world.Time.AdvanceBy(TimeSpan.FromTicks(1));

        Assert.Equal(["", "over"], heard[^2..]);
    }

    private static string Text(ImmutableArray<ListeningAddress> all) => string.Join(' ', all);
}
