namespace Rx.Sip.Transports;

/// <summary>
/// A manager whose <see cref="RealTimeConnectionManager.StartListening(System.Net.IPEndPoint)"/> listens over UDP. It can open flows
/// and listen over all its other transports too.
/// </summary>
public sealed class RealTimeServerUdpConnectionManager : RealTimeConnectionManager
{
    /// <summary>A manager with default settings.</summary>
    public RealTimeServerUdpConnectionManager() : this(new ConnectionManagerSettings())
    {
    }

    /// <summary>A manager with those settings.</summary>
    public RealTimeServerUdpConnectionManager(ConnectionManagerSettings settings) : base(settings, SipTransportType.Udp)
    {
    }
}
