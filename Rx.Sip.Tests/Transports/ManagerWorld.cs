using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transports;

/// <summary>A connection manager on virtual time between a fake network and a recorder.</summary>
internal sealed class ManagerWorld
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ManagerWorld() : this(new ConnectionManagerSettings())
    {
    }

    public ManagerWorld(TrafficLimits limits) : this(new ConnectionManagerSettings { TrafficLimits = limits })
    {
    }

    public ManagerWorld(ConnectionManagerSettings settings)
    {
        Manager = new RealTimeServerTcpConnectionManager(settings with
        {
            Scheduler = Time,
            Identifiers = new SipIdentifiers(1),
            Transports = [Udp, Tcp],
        });
        Manager.Sink = Above;
        Manager.StartListening(SipTransportType.Udp, new IPEndPoint(IPAddress.Any, 5060)).Subscribe(_ => { });
        Manager.StartListening(SipTransportType.Tcp, new IPEndPoint(IPAddress.Any, 5060)).Subscribe(_ => { });
    }

    public HistoricalScheduler Time { get; } = new(Start);

    public FakeTransport Udp { get; } = new(SipTransportType.Udp);

    public FakeTransport Tcp { get; } = new(SipTransportType.Tcp);

    public MessageRecorder Above { get; } = new();

    public RealTimeConnectionManager Manager { get; }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Now => Time.Now - Start;

    public static SipTarget Target(SipTransportType transport, string endPoint) => new(transport, IPEndPoint.Parse(endPoint), "example.test");

    /// <summary>The fake behind the flow to that address.</summary>
    public FakeFlow Connect(string endPoint)
    {
        Manager.FlowTo(Target(SipTransportType.Tcp, endPoint));
        return Tcp.Last;
    }

    public void RunTo(TimeSpan instant) => Time.AdvanceTo(Start + instant);

    /// <summary>When the condition becomes true, looked at whenever something happens.</summary>
    public TimeSpan TimeOf(Func<bool> condition, TimeSpan limit)
    {
        while (!condition() && Now < limit)
            Time.AdvanceBy(TimeSpan.FromMilliseconds(1));
        return Now;
    }

    public static string Message(string via, string method = "MESSAGE", string toTag = "", string callId = "1@here", string body = "hello") =>
        $"{method} sip:bob@example.test SIP/2.0\r\nVia: {via}\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.test>;tag=a\r\n" +
        $"To: <sip:bob@example.test>{toTag}\r\nCall-ID: {callId}\r\nCSeq: 1 {method}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    public static string Response(string status = "200 OK") =>
        $"SIP/2.0 {status}\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:alice@example.test>;tag=a\r\n" +
        "To: <sip:bob@example.test>;tag=b\r\nCall-ID: 1@here\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n";
}
