using System.Net;
using System.Net.Sockets;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transports;

/// <summary>A transport without a network: the test accepts, connects, receives and closes by hand, all on its own thread.</summary>
internal sealed class FakeTransport(SipTransportType type) : ISipTransport
{
    public static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly List<FakeFlow> _flows = [];
    private readonly Dictionary<IPEndPoint, FakeFlow> _peers = [];
    private ITransportSink? _sink;

    public SipTransportType Type => type;

    /// <summary>Every flow there was, in order.</summary>
    public IReadOnlyList<FakeFlow> Flows => _flows;

    public FakeFlow Last => _flows[^1];

    /// <summary>What the certificates of those prove that we call.</summary>
    public string[] Proven { get; set; } = [];

    public int Listeners { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>What a connection attempt fails with before it is even begun.</summary>
    public Exception? ConnectError { get; set; }

    public ITransportListener Listen(IPEndPoint local, ITransportSink sink)
    {
        if (local.Port == 1)
            throw new SocketException((int)SocketError.AccessDenied);
        Listeners++;
        _sink = sink;
        return new Listener(this, new IPEndPoint(local.Address, local.Port == 0 ? 5060 : local.Port));
    }

    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink)
    {
        if (type == SipTransportType.Udp && _peers.TryGetValue(remote, out var known) && !known.IsClosed)
            return known;
        var flow = Make(new IPEndPoint(Here, 40000 + _flows.Count), remote, sink, Proven);
        if (StandsAtOnce)
            flow.Open();
        if (ConnectError is not null)
            flow.End(ConnectError);
        return flow;
    }

    /// <summary>Whether connections stand before they are given out.</summary>
    public bool StandsAtOnce { get; set; }

    /// <summary>A peer connects, or sends its first datagram.</summary>
    /// <param name="remote">Where from.</param>
    /// <param name="domains">What its certificate proves.</param>
    public FakeFlow Accept(string remote, params string[] domains)
    {
        var flow = Make(new IPEndPoint(Here, 5060), IPEndPoint.Parse(remote), _sink ?? throw new InvalidOperationException("Nobody listens."), domains);
        if (type != SipTransportType.Udp)
            flow.Open();
        return flow;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        foreach (var flow in _flows)
            flow.Close();
        return ValueTask.CompletedTask;
    }

    private FakeFlow Make(IPEndPoint local, IPEndPoint remote, ITransportSink sink, params string[] domains)
    {
        var flow = new FakeFlow(local, remote, sink) { RemoteDomains = [.. domains] };
        _flows.Add(flow);
        _peers[remote] = flow;
        return flow;
    }

    private sealed class Listener(FakeTransport owner, IPEndPoint local) : ITransportListener
    {
        public IPEndPoint LocalEndPoint => local;

        public void Dispose() => owner.Listeners--;
    }
}
