using System.Net;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>What is measured.</summary>
internal sealed record Subject(
    string Name,
    Func<SipTransportType, IBenchmarkServer> Serve,
    Func<SipTransportType, IPEndPoint, IBenchmarkClient> Connect)
{
    public static IReadOnlyList<Subject> All { get; } =
    [
        new("floor",
            transport => transport == SipTransportType.Udp ? new UdpFloorServer() : new TcpFloorServer(),
            (transport, server) => transport == SipTransportType.Udp ? new UdpFloorClient(server) : new TcpFloorClient(server)),
        new("flows",
            transport => new FlowServer(transport),
            (transport, server) => new FlowClient(transport, server)),
        new("endpoints",
            transport => new EndpointServer(transport),
            (transport, server) => new EndpointClient(transport, server)),
        new("transactions",
            transport => new TransactionServer(transport),
            (transport, server) => new TransactionClient(transport, server)),
    ];

    public static Subject Named(string name) => All.Single(subject => subject.Name == name);
}
