using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports.Limits;
using Rx.Sip.Transports.Tls;
using Rx.Sip.Transports.WebSockets;

namespace Rx.Sip.Transports;

/// <summary>
/// SIP over WebSocket (RFC 7118), both sides of it: browsers can call an endpoint that listens, and an endpoint can call a server. Over TLS it
/// is <see cref="SipTransportType.SecureWebSocket"/>, with the rules of <see cref="TlsTransport"/>.
/// </summary>
public sealed class WebSocketTransport : ISipTransport
{
    private readonly PartSet _parts = new();
    private readonly TlsContext? _tls;
    private readonly HandshakeLimit _limit;
    private readonly WebSocketRules _rules;

    /// <summary>WebSocket without TLS.</summary>
    public WebSocketTransport() : this(null, new ConnectionManagerSettings(), new TrafficGuard())
    {
    }

    /// <summary>Secure WebSocket.</summary>
    public WebSocketTransport(TlsSettings settings) : this(new TlsContext(Of(settings)), new ConnectionManagerSettings(), new TrafficGuard())
    {
    }

    internal WebSocketTransport(TlsContext? tls, ConnectionManagerSettings settings, TrafficGuard guard)
    {
        _tls = tls;
        _limit = new HandshakeLimit(guard);
        _rules = new WebSocketRules(settings.WebSocketPath, settings.Limits.MaxHeaderOctets + settings.Limits.MaxBodyOctets, guard);
    }

    /// <inheritdoc/>
    public SipTransportType Type => _tls is null ? SipTransportType.WebSocket : SipTransportType.SecureWebSocket;

    /// <inheritdoc/>
    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_parts.IsDisposed, this);
        _tls?.RequireCertificate();
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
            var flow = new WebSocketFlow(_parts, remote, sink, host, _tls?.Settings, _rules);
            _parts.Start(flow);
            return flow;
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(_parts.EndAsync());

    private WebSocketFlow? Accept(Socket socket, ITransportSink sink) =>
        _limit.Admit(socket, permit => new WebSocketFlow(_parts, socket, sink, permit, _tls?.Settings, _rules));

    private static TlsSettings Of(TlsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings;
    }
}
