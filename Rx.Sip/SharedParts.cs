using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>What the endpoints of one directory have in common: tens of thousands that differ in their users alone share one of each. Safe from any thread.</summary>
internal sealed class SharedParts(RealTimeConnectionManager manager)
{
    private readonly LatestMade<(string Scheme, string Host), SipUri> _registrars = new(static domain => SipUri.Parse($"{domain.Scheme}:{domain.Host}"));
    private readonly LatestMade<(string UserAgent, bool UsesOutbound), IReadOnlyList<SipHeader>> _headers = new(static terms => terms.UsesOutbound
        ? [new("User-Agent", terms.UserAgent), new("Supported", "path, outbound, gruu")]
        : [new("User-Agent", terms.UserAgent)]);
    private readonly LatestMade<(string Host, int Port, SipTransportType Transport), ServerName> _servers = new(static at => new ServerName(at.Host, at.Port, at.Transport));
    private readonly LatestMade<ServerName, SipTargetQuery> _queries = new(server =>
        new SipTargetQuery(server.Host) { Port = server.Port, Transport = server.Transport, Supported = manager.Transports });

    /// <summary>What a registrar said last about a binding.</summary>
    public BindingTerms Terms { get; set; } = BindingTerms.None;

    /// <summary>The Request-URI of REGISTERs: the domain of an address-of-record (RFC 3261 §10.2).</summary>
    public SipUri RegistrarOf(SipUri aor) => _registrars.Of((aor.Scheme, aor.Host));

    /// <summary>Header fields of every REGISTER.</summary>
    public IReadOnlyList<SipHeader> HeadersOf(EndpointIdentity identity, bool usesOutbound) => _headers.Of((identity.UserAgent, usesOutbound));

    /// <summary>A server by its parts.</summary>
    public ServerName Server(string host, int port, SipTransportType transport) => _servers.Of((host, port, transport));

    /// <summary>What the resolver is asked for a server.</summary>
    public SipTargetQuery QueryFor(ServerName server) => _queries.Of(server);
}
