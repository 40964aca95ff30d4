using System.Net;

namespace Rx.Sip;

/// <summary>The settings of a platform that listens.</summary>
public sealed class ServerPlatformSettings : CollaborationPlatformSettings
{
    /// <summary>Settings of a server.</summary>
    /// <param name="applicationUserAgent">What the application calls itself, for example <c>Switchboard/1.0</c>.</param>
    /// <param name="transport">The transport listened on, and that of endpoints that name none.</param>
    /// <param name="listeningEndPoint">The address listened on; port 0: the system chooses.</param>
    public ServerPlatformSettings(string applicationUserAgent, SipTransportType transport, IPEndPoint listeningEndPoint)
        : base(applicationUserAgent, transport)
    {
        ArgumentNullException.ThrowIfNull(listeningEndPoint);
        ListeningEndPoint = listeningEndPoint;
    }

    /// <summary>The address listened on; port 0: the system chooses.</summary>
    public IPEndPoint ListeningEndPoint { get; }
}
