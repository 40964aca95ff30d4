namespace Rx.Sip;

/// <summary>The settings of a platform that only calls out.</summary>
public sealed class ClientPlatformSettings : CollaborationPlatformSettings
{
    /// <summary>Settings of a client.</summary>
    /// <param name="applicationUserAgent">What the application calls itself, for example <c>Hello/1.0</c>.</param>
    /// <param name="transport">The transport of endpoints that name none.</param>
    public ClientPlatformSettings(string applicationUserAgent, SipTransportType transport) : base(applicationUserAgent, transport)
    {
    }
}
