using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>Who an endpoint is: what never changes while it lives.</summary>
/// <param name="Aor">The address-of-record.</param>
/// <param name="DisplayName">The name to show; null for none.</param>
/// <param name="UserAgent">The User-Agent value.</param>
/// <param name="EndpointId">What tells this endpoint from the user's other ones (UCMA's EPID).</param>
internal sealed record EndpointIdentity(SipUri Aor, string? DisplayName, string UserAgent, string EndpointId)
{
    private const string Parameter = "epid";

    /// <summary>Whether From names the endpoint too, with every request: Office Communications Server tells a user's endpoints apart by that [MS-SIPRE].</summary>
    public bool IsNamedInFrom { get; init; }

    public SipParameters FromParameters => IsNamedInFrom ? SipParameters.Empty.With(Parameter, EndpointId) : SipParameters.Empty;

    public NameAddress From => new(DisplayName, Aor, FromParameters);

    /// <summary>
    /// The Contact at a local address, which names its transport. It carries the endpoint's id, so that a request finds the endpoint it is for even
    /// when a user has several behind one connection. It is as secure as the address-of-record (RFC 5630 §5.1.1.1).
    /// </summary>
    public SipUri Contact(SipUri local)
    {
        var contact = new SipUri("sip", Aor.User, null, local.Host, local.Port, local.Parameters.With(Parameter, EndpointId), null);
        return Aor.IsSecure && local.Transport is "tls" or "wss" ? SipsUri.Of(contact) : contact;
    }

    /// <summary>The id that a contact of ours carries; null when there is none.</summary>
    public static string? IdIn(SipUri uri) => uri.Parameters.Count > 0 ? uri.Parameters.Get(Parameter) : null;

    /// <summary>A transport as URIs name it (RFC 3261 §19.1.1, RFC 7118 §5).</summary>
    public static string NameOf(SipTransportType transport) => transport switch
    {
        SipTransportType.Udp => "udp",
        SipTransportType.Tcp => "tcp",
        SipTransportType.Tls => "tls",
        SipTransportType.WebSocket => "ws",
        _ => "wss",
    };
}
