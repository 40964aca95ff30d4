using System.Net.Sockets;

namespace Rx.Sip.Testing.Network;

/// <summary>
/// How a connection comes to stand: one way to ask, one way back for the answer. What is asked of a host that does not answer
/// is asked again when the way opens, until the time for it is over.
/// </summary>
internal sealed class Handshake
{
    private readonly SimulatedNetwork _network;
    private readonly StreamEnd _caller;
    private readonly IDisposable _patience;
    private readonly TrafficEntry _entry;

    private Handshake(SimulatedNetwork network, StreamEnd caller)
    {
        (_network, _caller) = (network, caller);
        _entry = network.Traffic.Add(caller.Lane.About(caller, "connect"));
        _patience = network.Scheduler.ScheduleOwn(network.Now + caller.Lane.Conditions.ConnectTimeout, () => GiveUp("not answered", new SocketException((int)SocketError.TimedOut)));
    }

    public static void Begin(SimulatedNetwork network, StreamEnd caller) => new Handshake(network, caller).Ask();

    private Lane There => _caller.Lane;

    private bool IsVerified => _caller.Owner.Type is SipTransportType.Tls or SipTransportType.SecureWebSocket;

    private void Ask() => _network.Scheduler.ScheduleOwn(There.StreamArrival(), Arrive);

    private void Arrive()
    {
        if (!_caller.IsOpen)
            GiveUp("given up", null);
        else if (!There.IsOpen)
            There.WhenOpen(Ask);
        else if (There.To.TlsFailure is { } reason && IsVerified)
            Answer(() => GiveUp($"{There.To} is not trusted", new TlsFailureException(reason, $"No TLS connection with {There.To}: {reason}.", null) { RemoteEndPoint = _caller.RemoteEndPoint }));
        else if (There.To.StreamListenerAt(_caller.RemoteEndPoint.Port) is { } listener && listener.Owner.Type == _caller.Owner.Type)
            Accept(listener);
        else
            Answer(() => GiveUp($"nobody listens on {_caller.RemoteEndPoint}", new SocketException((int)SocketError.ConnectionRefused)));
    }

    private void Accept(StreamListener listener)
    {
        _network.Traffic.Arrived(_entry, _network.Now);
        var end = listener.Accept(_caller);
        _caller.Peer = end;
        There.To.Hold(end);
        Answer(() => Stand(end));
        end.Stand(_caller);
    }

    // Until the answer gets through.
    private void Answer(Action arrived) => _network.Scheduler.ScheduleOwn(There.Back.StreamArrival(), () =>
    {
        if (_caller.IsOpen && !There.Back.IsOpen)
            There.Back.WhenOpen(() => Answer(arrived));
        else
            arrived();
    });

    private void Stand(StreamEnd end)
    {
        _patience.Dispose();
        if (!_caller.IsOpen)
            _caller.TellReset();
        else if (end.IsOpen)
            _caller.Stand(end);
        else
            _caller.Break(new SocketException((int)SocketError.ConnectionReset));
    }

    private void GiveUp(string reason, Exception? error)
    {
        _patience.Dispose();
        if (_entry.Outcome == TrafficOutcome.Underway)
            _network.Traffic.WasLost(_entry, reason);
        if (error is not null)
            _caller.Break(error);
    }
}
