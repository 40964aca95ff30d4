using System.Net.Sockets;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Tls;

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

    private readonly string _name;

    private Handshake(SimulatedNetwork network, StreamEnd caller, string name)
    {
        (_network, _caller, _name) = (network, caller, name);
        _entry = network.Traffic.Add(caller.Lane.About(caller, "connect"));
        _patience = network.Scheduler.ScheduleOwn(network.Now + caller.Lane.Conditions.ConnectTimeout, () => GiveUp("not answered", new SocketException((int)SocketError.TimedOut)));
    }

    /// <summary>Begins to call a peer that, over TLS, has to prove the name.</summary>
    public static void Begin(SimulatedNetwork network, StreamEnd caller, string name) => new Handshake(network, caller, name).Ask();

    private Lane There => _caller.Lane;

    private void Ask() => _network.Scheduler.ScheduleOwn(There.StreamArrival(), Arrive);

    private void Arrive()
    {
        if (!_caller.IsOpen)
            GiveUp("given up", null);
        else if (!There.IsOpen)
            There.WhenOpen(Ask);
        else if (There.To.TlsFailure is { } reason && SecureTransport.Is(_caller.Owner.Type))
            Distrust(reason);
        else if (There.To.StreamListenerAt(_caller.RemoteEndPoint.Port) is not { } listener || listener.Owner.Type != _caller.Owner.Type)
            Answer(() => GiveUp($"nobody listens on {_caller.RemoteEndPoint}", new SocketException((int)SocketError.ConnectionRefused)));
        else if (listener.Owner.Domains is { IsEmpty: false } proven && !CertificateDomains.Match(proven, _name))
            Distrust(TlsFailureReason.IncorrectNameInRemoteCertificate);
        else
            Accept(listener);
    }

    private void Distrust(TlsFailureReason reason) => Answer(() => GiveUp(
        $"{There.To} is not trusted", new TlsFailureException(reason, $"No TLS connection with {_name}: {reason}.", null) { RemoteEndPoint = _caller.RemoteEndPoint }));

    private void Accept(StreamListener listener)
    {
        _network.Traffic.Arrived(_entry, _network.Now);
        var end = listener.Accept(_caller);
        (_caller.Peer, _caller.RemoteDomains) = (end, listener.Owner.Domains);
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
