using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Transports;

/// <summary>The sent-by of a flow's Via as text, kept as long as what it was made from is the same.</summary>
internal sealed class SentBy
{
    private readonly IPEndPoint _local;
    private readonly ImmutableArray<ListeningAddress> _listening;

    private SentBy(Flow flow, IPEndPoint local, ImmutableArray<ListeningAddress> listening)
    {
        (_local, _listening) = (local, listening);
        var port = Port(flow, local, listening);
        IsListenedOn = port != 0;
        Text = Write(local.Address, IsListenedOn ? port : local.Port);
    }

    /// <summary><c>host:port</c>, or <c>host</c> while the port is not known.</summary>
    public string Text { get; }

    /// <summary>Whether we listen there, so that we can be called.</summary>
    public bool IsListenedOn { get; }

    public static SentBy Of(Flow flow, ImmutableArray<ListeningAddress> listening, SentBy? known)
    {
        var local = flow.LocalEndPoint;
        return known is not null && ReferenceEquals(known._local, local) && known._listening == listening
            ? known
            : new SentBy(flow, local, listening);
    }

    // 0 when we listen nowhere.
    private static int Port(Flow flow, IPEndPoint local, ImmutableArray<ListeningAddress> listening)
    {
        var port = 0;
        foreach (var (transport, address) in listening)
        {
            if (transport != flow.Transport || address.AddressFamily != local.AddressFamily)
                continue;
            if (address.Address.Equals(local.Address))
                return address.Port;
            if (port == 0 && address.Address.Equals(AnyAddress.Of(address)))
                port = address.Port;
        }
        return port;
    }

    private static string Write(IPAddress address, int port)
    {
        // A zone is known to this host alone.
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{new IPAddress(address.GetAddressBytes())}]" : address.ToString();
        return port == 0 ? host : $"{host}:{port}";
    }
}
