using System.Net;
using System.Net.Sockets;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Limits;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

/// <summary>On real sockets, since who is at the other end is what it looks at.</summary>
public sealed class HandshakeLimitTests : IDisposable
{
    private static readonly string[] Callers = ["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3"];

    private readonly TimerTrap _time = new();
    private readonly List<TrafficLimit> _exceeded = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _callers = [];

    public HandshakeLimitTests() => _listener.Start();

    [Fact]
    public void A_peer_has_its_share_and_leaves_room_for_others()
    {
        var limit = new HandshakeLimit(new TrafficGuard(_time, new TrafficLimits { MaxHandshakesPerPeer = 2, MaxHandshakes = 3 }, _exceeded.Add));
        var permits = Callers.Select(caller => limit.Admit(Call(caller), permit => permit)).ToList();

        Assert.Equal([true, true, false, true, false], permits.Select(permit => permit is not null));
        Assert.Equal([TrafficLimit.MaxHandshakesPerPeer, TrafficLimit.MaxHandshakes], _exceeded);
        permits[0]!.Return();
        permits[0]!.Return();
        Assert.NotNull(limit.Admit(Call("127.0.0.3"), permit => permit));
        Assert.Equal(3, limit.Running);
    }

    [Fact]
    public void A_handshake_has_its_time_and_leaves_nothing_behind_when_it_is_done()
    {
        var limit = new HandshakeLimit(new TrafficGuard(_time, new TrafficLimits { HandshakeTimeout = TimeSpan.FromSeconds(4) }, _exceeded.Add));
        var late = 0;

        var handshake = limit.Admit(Call("127.0.0.1"), permit => permit)!.Begin(() => late++);
        var timer = _time.NextLeft();
        Assert.Equal(TimeSpan.FromSeconds(4), timer.After);
        timer.Run();
        Assert.Equal(1, late);
        handshake.Dispose();

        Assert.Equal((0, 0), (limit.Running, _time.Left));
    }

    [Fact]
    public void Who_has_hung_up_takes_no_room()
    {
        var limit = new HandshakeLimit(new TrafficGuard(_time, TrafficLimits.Default, _exceeded.Add));

        Assert.Null(limit.Admit<HandshakePermit>(Call("127.0.0.1"), _ => throw new SocketException((int)SocketError.NotConnected)));

        Assert.Equal(0, limit.Running);
        Assert.Empty(_exceeded);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _callers.ForEach(caller => caller.Dispose());
    }

    private Socket Call(string from)
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _callers.Add(caller);
        caller.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        caller.Connect(_listener.LocalEndpoint);
        var accepted = _listener.AcceptSocket();
        _callers.Add(accepted);
        return accepted;
    }
}
