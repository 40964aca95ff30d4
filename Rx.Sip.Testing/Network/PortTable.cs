namespace Rx.Sip.Testing.Network;

/// <summary>What one host has open, in the order in which it was opened.</summary>
internal sealed class PortTable
{
    private const int FirstFree = 49152;
    private const int Last = 65535;

    private readonly List<IOpenPort> _all = [];
    private readonly Dictionary<int, DatagramSocket> _sockets = [];
    private readonly Dictionary<int, StreamListener> _listeners = [];
    private int _next = FirstFree;

    public IReadOnlyList<IOpenPort> All => [.. _all];

    public DatagramSocket? Socket(int port) => _sockets.GetValueOrDefault(port);

    public StreamListener? Listener(int port) => _listeners.GetValueOrDefault(port);

    public bool IsFree(int port, SipTransportType type) =>
        type == SipTransportType.Udp ? !_sockets.ContainsKey(port) : !_listeners.ContainsKey(port);

    /// <summary>The next port that nobody asked for by number; they go round.</summary>
    public int NextFree(SipTransportType type)
    {
        while (true)
        {
            var port = _next;
            _next = port == Last ? FirstFree : port + 1;
            if (IsFree(port, type))
                return port;
        }
    }

    public void Add(IOpenPort port)
    {
        _all.Add(port);
        if (port is DatagramSocket socket)
            _sockets.Add(socket.LocalEndPoint.Port, socket);
        else if (port is StreamListener listener)
            _listeners.Add(listener.LocalEndPoint.Port, listener);
    }

    public void Remove(IOpenPort port)
    {
        if (!_all.Remove(port))
            return;
        if (port is DatagramSocket socket)
            _sockets.Remove(socket.LocalEndPoint.Port);
        else if (port is StreamListener listener)
            _listeners.Remove(listener.LocalEndPoint.Port);
    }
}
