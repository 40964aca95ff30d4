namespace Rx.Sip.Transports;

/// <summary>
/// A manager whose <see cref="RealTimeConnectionManager.StartListening(System.Net.IPEndPoint)"/> listens over TCP. It can open flows
/// and listen over all its other transports too.
/// </summary>
public sealed class RealTimeServerTcpConnectionManager : RealTimeConnectionManager
{
    /// <summary>A manager with default settings.</summary>
    public RealTimeServerTcpConnectionManager() : this(new ConnectionManagerSettings())
    {
    }

    /// <summary>A manager with those settings.</summary>
    public RealTimeServerTcpConnectionManager(ConnectionManagerSettings settings) : base(settings, SipTransportType.Tcp)
    {
    }
}
