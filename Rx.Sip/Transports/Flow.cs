using System.Net;
using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>
/// One way to one peer: a connection, or over UDP a pair of addresses (RFC 5626 §2, whose word it is; UCMA's RealTimeConnection).
/// It belongs to the connection manager that made it.
/// </summary>
public sealed class Flow
{
    private readonly RealTimeConnectionManager _manager;
    private readonly ITransportFlow _way;
    private volatile bool _closed;
    private volatile bool _stands;
    private int _holds;
    private SentBy? _sentBy;

    internal Flow(RealTimeConnectionManager manager, SipTransportType transport, ITransportFlow way)
    {
        (_manager, _way, Transport) = (manager, way, transport);
        Framer = IsReliable ? new StreamFramer(manager.Settings.Limits) : null;
    }

    /// <summary>The transport.</summary>
    public SipTransportType Transport { get; }

    /// <summary>Our address; before a connection stands the best guess.</summary>
    public IPEndPoint LocalEndPoint => _way.LocalEndPoint;

    /// <summary>The peer's address.</summary>
    public IPEndPoint RemoteEndPoint => _way.RemoteEndPoint;

    /// <summary>Whether the transport delivers what it is given, so that nothing has to be retransmitted: all but UDP.</summary>
    public bool IsReliable => Transport != SipTransportType.Udp;

    /// <summary>Whether the flow has not closed yet.</summary>
    public bool IsOpen => !_closed;

    /// <summary>Whether the flow stands: UDP's at once, a connection when it has been made; false again once it closed.</summary>
    internal bool IsStanding => IsOpen && (_stands || !IsReliable);

    /// <summary>Whether we opened the flow; false for one that a peer opened.</summary>
    public bool IsOutgoing { get; internal set; }

    /// <summary>For example <c>tcp 192.0.2.1:5060 to 192.0.2.7:49152</c>.</summary>
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()} {LocalEndPoint} to {RemoteEndPoint}";

    /// <summary>Closes the flow. What has been sent over it before still leaves, as far as the peer takes it at once.</summary>
    public void Close() => _way.Close();

    /// <summary>What the layer above notes about the flow.</summary>
    internal object? Tag { get; set; }

    /// <summary>Cuts the stream into messages; null for datagrams.</summary>
    internal StreamFramer? Framer { get; }

    internal bool IsHeld => Volatile.Read(ref _holds) > 0;

    /// <summary>
    /// Host and port to put into Via: those we listen on for this transport, else the flow's own (RFC 3261 §18.1.1). The port is
    /// left out while it is not known.
    /// </summary>
    internal string SentBy => (_sentBy = Transports.SentBy.Of(this, _manager.ListeningAddresses, _sentBy)).Text;

    /// <summary>
    /// Sends a message, from any thread; until a connection stands it waits. A failure closes the flow. A response whose
    /// connection is gone goes over a new one (RFC 3261 §18.2.2).
    /// </summary>
    internal void Send(SipMessage message)
    {
        _manager.Counters.Sent(message);
        _way.Send(message.Bytes);
    }

    /// <summary>Sends octets that are no message: a keep-alive (RFC 5626 §4.4.1).</summary>
    internal void SendOctets(ReadOnlyMemory<byte> octets) => _way.Send(octets);

    /// <summary>Keeps the flow from being closed for idleness until the result is disposed.</summary>
    internal IDisposable Hold()
    {
        Interlocked.Increment(ref _holds);
        return System.Reactive.Disposables.Disposable.Create(() => Interlocked.Decrement(ref _holds));
    }

    /// <summary>Gives what arrived to the layer above, inside the mailbox.</summary>
    internal void Deliver(SipMessage message)
    {
        if (message is SipRequest request)
            _manager.Sink?.OnRequest(this, request);
        else if (message is SipResponse response)
            _manager.Sink?.OnResponse(this, response);
    }

    internal void MarkClosed() => _closed = true;

    internal void MarkStanding() => _stands = true;
}
