using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports.Limits;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>
/// TLS over TCP (RFC 3261 §26.2, RFC 5922): version 1.2 or 1.3. A peer that we call has to prove the name that it was called by; one that
/// calls us may have to show a certificate.
/// </summary>
public sealed class TlsTransport : ISipTransport
{
    private readonly PartSet _parts = new();
    private readonly TlsContext _context;
    private readonly TrafficGuard _guard;
    private readonly HandshakeLimit _limit;

    /// <summary>A transport with the settings of a client.</summary>
    public TlsTransport() : this(TlsSettings.Default)
    {
    }

    /// <summary>A transport with those settings.</summary>
    public TlsTransport(TlsSettings settings) : this(new TlsContext(Of(settings)), new TrafficGuard())
    {
    }

    internal TlsTransport(TlsContext context, TrafficGuard guard) =>
        (_context, _guard, _limit, MaxQueuedOctets) = (context, guard, new HandshakeLimit(guard), guard.Limits.MaxUnsentOctetsPerConnection);

    /// <summary>How many octets may wait in one connection, before it stands or while the peer is slow. Default: <see cref="TrafficLimits.MaxUnsentOctetsPerConnection"/>.</summary>
    public int MaxQueuedOctets { get; init; }

    /// <inheritdoc/>
    public SipTransportType Type => SipTransportType.Tls;

    /// <inheritdoc/>
    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_parts.IsDisposed, this);
        _context.RequireCertificate();
        var listener = new TcpFlowListener(_parts, local, socket => Accept(socket, sink));
        _parts.Start(listener);
        return listener;
    }

    /// <inheritdoc/>
    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(remote);
        return Connect(remote, remote.Address.ToString(), sink);
    }

    /// <inheritdoc/>
    public ITransportFlow Connect(IPEndPoint remote, string host, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(sink);
        return DeadFlow.Unless(remote, sink, () =>
        {
            var flow = new TlsFlow(_parts, remote, sink, host, _context.Settings, _guard, MaxQueuedOctets);
            _parts.Start(flow);
            return flow;
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(_parts.EndAsync());

    private TlsFlow? Accept(Socket socket, ITransportSink sink) =>
        _limit.Admit(socket, permit => new TlsFlow(_parts, socket, sink, permit, _context.Settings, _guard, MaxQueuedOctets));

    private static TlsSettings Of(TlsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings;
    }
}
