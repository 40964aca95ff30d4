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

    /// <summary>
    /// How many registrations a second the platform's endpoints begin together; the others wait for their turn, so that a cold start or the way back from an
    /// outage is no more than the registrar can take. Those that leave do not wait. Default: any number, spread by chance where RFC 5626 §4.5 does. Setting
    /// throws <see cref="ArgumentOutOfRangeException"/> when it is not above zero.
    /// </summary>
    public int? MaxRegistrationsPerSecond
    {
        get;
        init
        {
            if (value is { } number)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
            field = value;
        }
    }

    /// <summary>Clock, randomness, name service, sockets and logs. Default: the real ones.</summary>
    public ConnectionManagerSettings Connections { get; init; } = new();
}
