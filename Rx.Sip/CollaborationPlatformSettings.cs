using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip;

/// <summary>What the settings of both kinds of platform share.</summary>
public abstract class CollaborationPlatformSettings
{
    private protected CollaborationPlatformSettings(string applicationUserAgent, SipTransportType transport)
    {
        ArgumentNullException.ThrowIfNull(applicationUserAgent);
        (ApplicationUserAgent, Transport) = (applicationUserAgent, transport);
    }

    /// <summary>What the application calls itself, for example <c>Hello/1.0</c>.</summary>
    public string ApplicationUserAgent { get; }

    /// <summary>The transport of endpoints that name none.</summary>
    public SipTransportType Transport { get; }

    /// <summary>The timers of RFC 3261 §17: of all answers, and of what is sent by endpoints that have none of their own. Default: the RFC's.</summary>
    public SipTimers Timers { get; init; } = SipTimers.Default;

    /// <summary>Clock, randomness, name service, sockets and logs. Default: the real ones.</summary>
    public ConnectionManagerSettings Connections { get; init; } = new();
}
