namespace Rx.Sip.Transports;

/// <summary>
/// Opens connections to servers and peers as they are needed (UCMA's client manager). It listens only when asked to;
/// <see cref="RealTimeConnectionManager.StartListening(System.Net.IPEndPoint)"/> listens over the first of its transports, UDP by default.
/// </summary>
public sealed class RealTimeClientConnectionManager : RealTimeConnectionManager
{
    /// <summary>A manager with default settings.</summary>
    public RealTimeClientConnectionManager() : this(new ConnectionManagerSettings())
    {
    }

    /// <summary>A manager with those settings.</summary>
    public RealTimeClientConnectionManager(ConnectionManagerSettings settings) : base(settings, listensOver: null)
    {
    }
}
