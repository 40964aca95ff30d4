using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Registration;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>The settings of a <see cref="SipEndpoint"/>.</summary>
public class SipEndpointSettings : RealTimeEndpointSettings
{
    /// <summary>Settings with <see cref="RealTimeEndpointSettings.Uri"/> and <see cref="Server"/> to be set.</summary>
    public SipEndpointSettings()
    {
    }

    /// <summary>Settings of an endpoint that registers at that server.</summary>
    [SetsRequiredMembers]
    public SipEndpointSettings(string uri, string server) : base(uri) => Server = server;

    /// <summary>The registrar's name or address.</summary>
    public required string Server { get; init; }

    /// <summary>The registrar's port. Default: 0, which means 5060, with TLS 5061.</summary>
    public int Port { get; init; }

    /// <summary>The transport to the registrar. Default: the platform's, else TCP.</summary>
    public SipTransportType? Transport { get; init; }

    /// <summary>
    /// The proxies to register through, each over a flow of its own (RFC 5626 §4.2), for example <c>sip:edge1.example.test;transport=tcp</c>
    /// or <c>edge2.example.test:5070</c>; what one doesn't say is as with the server. The endpoint is registered as long as one of them is.
    /// Default, when empty: the server itself, one flow. Setting throws <see cref="FormatException"/> when one is no address.
    /// </summary>
    public IReadOnlyList<string> OutboundProxies
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var proxy in value)
                OutboundProxy.Parse(proxy, default);
            field = [.. value];
        }
    } = [];

    /// <summary>
    /// Whether contacts are registered the way of RFC 5626, with <c>+sip.instance</c> and <c>reg-id</c>, so that a registrar knows this
    /// instance again. Default: true. Some registrars of old refuse what they don't know.
    /// </summary>
    public bool UsesOutbound { get; init; } = true;

    /// <summary>
    /// The instance, the same whenever the application starts again (RFC 5626 §4.1). Default: worked out from
    /// <see cref="RealTimeEndpointSettings.EndpointId"/>, so give one of the two to be known again after a restart.
    /// </summary>
    public Guid? SipInstance { get; init; }

    /// <summary>The authentication protocols the endpoint may answer with. Default: Digest.</summary>
    public SipAuthenticationProtocols AuthenticationProtocols { get; init; } = SipAuthenticationProtocols.Digest;

    /// <summary>
    /// Whether a registration without a challenge counts although the endpoint has credentials. Default: false; an endpoint that could prove
    /// who it is does not trust a server that never asks.
    /// </summary>
    public bool AllowNoAuthentication { get; init; }

    /// <summary>The lifetime asked of the registrar; what it grants decides. Default: one hour.</summary>
    public TimeSpan RegistrationLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>When within the granted lifetime the registration is refreshed. Default: between 50 and 90 % of it.</summary>
    public RefreshWindow RefreshWindow { get; init; } = RefreshWindow.Default;

    /// <summary>What happens when the registration or its connection is lost. Default: try again for ever, as RFC 5626 §4.5 paces it.</summary>
    public RecoveryPolicy Recovery { get; init; } = RecoveryPolicy.Default;

    /// <summary>
    /// How often in a row an attempt that failed is repeated under <see cref="RecoveryPolicy.Backoff"/> before the endpoint is terminated
    /// (UCMA's MaxRegisterRetries). Default: null, which means for ever.
    /// </summary>
    public int? MaxRegisterRetries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// How many redirections in a row a REGISTER follows (301, 302, 305), from 0, which means none, to 5. Default: 3, as in UCMA. Never
    /// followed is one to a less secure transport. Where a registrar has redirected to, everything else of the endpoint goes too.
    /// </summary>
    public int MaximumRegisterRedirectionAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 5);
            field = value;
        }
    } = 3;

    /// <summary>
    /// Whether the endpoint watches the user's bindings by the <c>reg</c> event package (RFC 3680), so that it hears at once what other devices
    /// bind, and that its own binding was taken away. Default: when the registrar offers it.
    /// </summary>
    public RegistrationEventUse RegistrationEvents { get; init; }

    /// <summary>Whether there is a network: while the latest value is false no attempt is made. Hot or cold, subscribed to once per registration and flow; completion and errors are taken for silence. Default: always.</summary>
    public IObservable<bool>? NetworkAvailable { get; init; }

    /// <summary>The transport to the server. Throws <see cref="ArgumentException"/> when it does not do for the address (RFC 5630 §5.1.1.1).</summary>
    internal SipTransportType TransportOr(SipTransportType otherwise)
    {
        var transport = Transport ?? otherwise;
        return !Address.Uri.IsSecure || SecureTransport.Is(transport) ? transport
            : throw new ArgumentException($"{Address.Uri} needs TLS or secure WebSocket to its server (RFC 5630).");
    }
}
