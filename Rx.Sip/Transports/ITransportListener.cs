using System.Net;

namespace Rx.Sip.Transports;

/// <summary>A listening address. Disposing stops listening; flows that were accepted stay.</summary>
public interface ITransportListener : IDisposable
{
    /// <summary>The bound address, its port chosen.</summary>
    IPEndPoint LocalEndPoint { get; }
}
