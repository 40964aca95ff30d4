using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip;

/// <summary>The settings of a <see cref="SipPeerToPeerEndpoint"/>.</summary>
public sealed class SipPeerToPeerEndpointSettings : RealTimeEndpointSettings
{
    /// <summary>Settings with <see cref="RealTimeEndpointSettings.Uri"/> to be set.</summary>
    public SipPeerToPeerEndpointSettings()
    {
    }

    /// <summary>Settings of an endpoint with that address.</summary>
    [SetsRequiredMembers]
    public SipPeerToPeerEndpointSettings(string uri) : base(uri)
    {
    }

    /// <summary>The transport to the proxy. Default: TCP. Without a proxy the Request-URI decides.</summary>
    public SipTransportType Transport { get; init; } = SipTransportType.Tcp;

    /// <summary>The outbound proxy. Default: none.</summary>
    public string? ProxyHost { get; init; }

    /// <summary>The proxy's port. Default: 0, which means 5060, with TLS 5061.</summary>
    public int ProxyPort { get; init; }
}
