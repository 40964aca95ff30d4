using System.Net;
using System.Text;
using Rx.Sip.Testing;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Testing;

/// <summary>Alice, Bob and a simulated network between them; Bob listens on port 5060.</summary>
internal sealed class Exchange
{
    public Exchange(SimulatedNetwork network, SipTransportType type)
    {
        Network = network;
        Alice = network.Host("alice");
        Bob = network.Host("bob");
        (AlicesTransport, BobsTransport) = (Alice.Transport(type), Bob.Transport(type));
        (AtAlice, AtBob) = (new HeardSink(network), new HeardSink(network));
        Listener = BobsTransport.Listen(new IPEndPoint(IPAddress.Any, 5060), AtBob);
    }

    public Exchange(SipTransportType type) : this(new SimulatedNetwork(1), type)
    {
    }

    public SimulatedNetwork Network { get; }

    public SimulatedHost Alice { get; }

    public SimulatedHost Bob { get; }

    public ISipTransport AlicesTransport { get; }

    public ISipTransport BobsTransport { get; }

    public ITransportListener Listener { get; }

    public HeardSink AtAlice { get; }

    public HeardSink AtBob { get; }

    public ITransportFlow Connect(int port = 5060) => AlicesTransport.Connect(new IPEndPoint(Bob.Address, port), AtAlice);

    public static ReadOnlyMemory<byte> Octets(string text) => Encoding.UTF8.GetBytes(text);

    public void At(double milliseconds, Action action) =>
        Network.Scheduler.ScheduleAbsolute(action, VirtualTime.Beginning.AddMilliseconds(milliseconds), static (_, run) =>
        {
            run();
            return System.Reactive.Disposables.Disposable.Empty;
        });
}
