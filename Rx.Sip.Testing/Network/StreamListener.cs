using System.Net;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Network;

/// <summary>A port of a host that accepts connections.</summary>
internal sealed class StreamListener(SimulatedTransport owner, int port, ITransportSink sink) : ITransportListener, IOpenPort
{
    public SimulatedTransport Owner => owner;

    public IPEndPoint LocalEndPoint { get; } = new(owner.Host.Address, port);

    /// <summary>The end of a connection that a peer asked for.</summary>
    public StreamEnd Accept(StreamEnd caller) =>
        new(owner, caller.Lane.Back, caller.RemoteEndPoint, caller.LocalEndPoint, sink) { Peer = caller, RemoteDomains = caller.Owner.Domains };

    public void Close() => owner.Host.Release(this);

    public void Break(Exception error) => Close();

    public void Dispose() => Close();

    public override string ToString() => $"listener {owner} {LocalEndPoint} of {owner.Host}";
}
