using System.Collections.Immutable;
using System.Net;

namespace Rx.Sip.Transports;

/// <summary>
/// The connections that requests to one peer go over: to one address over one transport, and with TLS to one name that the peer has proven
/// (UCMA's class of that name; RFC 5923 §5). A snapshot, made anew when a connection joins or leaves.
/// </summary>
public sealed class ConnectionPool
{
    internal ConnectionPool(FlowKey key, ImmutableArray<Flow> connections) => (Key, Connections) = (key, connections);

    /// <summary>The transport.</summary>
    public SipTransportType Transport => Key.Transport;

    /// <summary>The address that requests are for; where they go over a connection that the peer opened it is the one that the peer listens on.</summary>
    public IPEndPoint RemoteEndPoint => Key.Remote;

    /// <summary>The name that the peer has proven, lower case; empty where none is verified.</summary>
    public string Identity => Key.Identity;

    /// <summary>The connections there were when the snapshot was made; none: the last has closed.</summary>
    public ImmutableArray<Flow> Connections { get; }

    /// <summary>How many connections there were.</summary>
    public int Count => Connections.Length;

    /// <summary>
    /// Whether nothing needs any of them now, neither a registration nor a call: they are closed when
    /// <see cref="ConnectionManagerSettings.IdleTimeout"/> has passed without a message. Asked anew each time.
    /// </summary>
    public bool IsIdle => !Connections.Any(connection => connection.IsHeld);

    internal FlowKey Key { get; }

    /// <summary>For example <c>tls to 192.0.2.7:5061 as example.test: 1 connection</c>.</summary>
    public override string ToString() =>
        $"{Transport.ToString().ToLowerInvariant()} to {RemoteEndPoint}{(Identity.Length == 0 ? "" : $" as {Identity}")}: {Count} connection{(Count == 1 ? "" : "s")}";
}
