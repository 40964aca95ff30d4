using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

/// <summary>A manager on virtual time that listens over TLS and TCP to a fake network, whose peers prove what the test says.</summary>
internal sealed class ReuseWorld
{
    public const int Port = 5061;

    public ReuseWorld(ConnectionReuse reuse = ConnectionReuse.Verified, bool listens = true)
    {
        Manager = new RealTimeServerTlsConnectionManager(new ConnectionManagerSettings
        {
            Scheduler = Time,
            Transports = [Tls, Tcp, Udp],
            ConnectionReuse = reuse,
        })
        {
            Sink = Above,
        };
        foreach (var transport in listens ? Manager.Transports : [])
            Manager.StartListening(transport, new IPEndPoint(IPAddress.Any, transport == SipTransportType.Tls ? Port : 5060)).Subscribe(_ => { });
    }

    public HistoricalScheduler Time { get; } = new(ManagerWorld.Start);

    public FakeTransport Tls { get; } = new(SipTransportType.Tls);

    public FakeTransport Tcp { get; } = new(SipTransportType.Tcp);

    public FakeTransport Udp { get; } = new(SipTransportType.Udp);

    public MessageRecorder Above { get; } = new();

    public RealTimeConnectionManager Manager { get; }

    public Flow FlowTo(string host, string endPoint = "192.0.2.7:5061", SipTransportType transport = SipTransportType.Tls) =>
        Manager.FlowTo(new SipTarget(transport, IPEndPoint.Parse(endPoint), host));

    /// <summary>A peer calls and sends a request with that Via parameter.</summary>
    public FakeFlow Call(string from, string sentBy, string parameter, params string[] domains)
    {
        var peer = Tls.Accept(from, domains);
        Send(peer, sentBy, parameter);
        return peer;
    }

    public void Send(FakeFlow peer, string sentBy, string parameter)
    {
        peer.Receive(ManagerWorld.Message($"SIP/2.0/{peer.Flow.Transport.ToString().ToUpperInvariant()} {sentBy};branch=z9hG4bK1{parameter}"));
        Time.AdvanceBy(TimeSpan.FromTicks(1));
    }

    /// <summary>The Via of a request of ours.</summary>
    public static string Via(Flow flow)
    {
        Assert.True(SipRequest.TryParse(ManagerWorld.Message("SIP/2.0/TLS a.test"), out var request));
        return OutgoingVia.Add(request.WithoutHeader("Via"), flow, 0, OverloadControlOffer.None).Headers.Get("Via")!;
    }
}
