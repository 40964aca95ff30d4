using System.Net;

namespace Rx.Sip.Transports;

/// <summary>
/// Carries octets: the seam where UDP, TCP, the simulated network, or a stack of somebody else's plug in. It knows nothing of
/// SIP but that datagrams hold whole messages and streams don't. Disposing closes every listener and flow and waits for
/// their threads.
/// </summary>
public interface ISipTransport : IAsyncDisposable
{
    /// <summary>The transport's kind; a connection manager holds at most one of each.</summary>
    SipTransportType Type { get; }

    /// <summary>
    /// Listens on a local address (port 0: the system chooses) and tells the sink of every flow that peers open and of
    /// what comes over it. Throws <see cref="System.Net.Sockets.SocketException"/> when the address can't be had.
    /// </summary>
    ITransportListener Listen(IPEndPoint local, ITransportSink sink);

    /// <summary>
    /// Begins a flow to a remote address and returns at once, before the connection stands; octets sent until then wait.
    /// Never throws for what the network does: the sink hears <see cref="ITransportSink.Opened"/> or <see cref="ITransportSink.Closed"/>.
    /// Over UDP the flow leaves from the listening socket of the address family, if there is one, else from one of its own.
    /// </summary>
    ITransportFlow Connect(IPEndPoint remote, ITransportSink sink);

    /// <summary>
    /// The same to a peer that was found by a name: where the transport verifies peers, it has to prove that one (RFC 5922 §7). Others
    /// take no notice of it.
    /// </summary>
    ITransportFlow Connect(IPEndPoint remote, string host, ITransportSink sink) => Connect(remote, sink);
}
