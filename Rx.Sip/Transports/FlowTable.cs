using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Transports.Tls;

namespace Rx.Sip.Transports;

/// <summary>The flows of a manager by where they lead (RFC 3261 §18.1.1: connections are reused). Inside the mailbox only.</summary>
internal sealed class FlowTable
{
    // A certificate can hold thousands of names.
    private const int MaxAliases = 16;

    // Datagram flows hold nothing, so those not used lately are simply forgotten.
    private const int DatagramFlows = 4096;

    private readonly Dictionary<FlowKey, Flow> _byPeer = [];
    private readonly HashSet<Flow> _connections = [];
    private readonly RecentCache<FlowKey, Flow> _datagrams = new(DatagramFlows);

    /// <summary>All connections, those included that another one to the same peer was before.</summary>
    public IReadOnlyCollection<Flow> Connections => _connections;

    /// <summary>The flow that can be used for a key.</summary>
    public Flow? Find(in FlowKey key)
    {
        if (Get(key) is { } exact)
            return exact;
        if (!SecureTransport.Is(key.Transport) || Get(key with { Identity = "" }) is not { } called)
            return null;
        // A peer that called us: the address names its connection alone, a name only if its certificate does.
        return IsAddress(key) || CertificateDomains.Match(called.RemoteDomains, key.Identity) ? called : null;
    }

    public void Add(Flow flow)
    {
        if (!flow.IsReliable)
        {
            _datagrams.Set(flow.Key, flow);
            return;
        }
        _connections.Add(flow);
        Set(flow.Key, flow);
    }

    /// <summary>
    /// Lets a connection that a peer opened serve requests to the port that the peer listens on (RFC 5923 §8.2): over TLS for each name that it
    /// has proven. The first port it names counts. Where another connection serves already, that goes on.
    /// </summary>
    /// <returns>Whether it serves them all, and goes on doing so while it is open.</returns>
    public bool AddAliases(Flow flow, int port)
    {
        if (!_connections.Contains(flow))
            return false;
        if (flow.Aliases.IsEmpty)
            flow.Aliases = AliasesOf(flow, port);
        var isServing = true;
        foreach (var alias in flow.Aliases)
            isServing &= Set(alias, flow);
        return isServing;
    }

    public void Remove(Flow flow)
    {
        _connections.Remove(flow);
        _datagrams.Remove(flow.Key, flow);
        Clear(flow.Key, flow);
        foreach (var alias in flow.Aliases)
            Clear(alias, flow);
    }

    private Flow? Get(in FlowKey key)
    {
        var found = key.Transport == SipTransportType.Udp ? _datagrams.TryGet(key, out var flow) : _byPeer.TryGetValue(key, out flow);
        return found && flow!.IsOpen ? flow : null;
    }

    // Whether the key leads to the flow.
    private bool Set(in FlowKey key, Flow flow)
    {
        if (_byPeer.TryGetValue(key, out var known) && known.IsOpen)
            return known == flow;
        _byPeer[key] = flow;
        return true;
    }

    private void Clear(in FlowKey key, Flow flow)
    {
        if (_byPeer.TryGetValue(key, out var known) && known == flow)
            _byPeer.Remove(key);
    }

    private static ImmutableArray<FlowKey> AliasesOf(Flow flow, int port)
    {
        var listening = new IPEndPoint(FlowKey.Plain(flow.RemoteEndPoint).Address, port);
        var names = SecureTransport.Is(flow.Transport) ? flow.RemoteDomains : [""];
        return [.. names.Take(MaxAliases).Select(name => FlowKey.Of(flow.Transport, listening, name))];
    }

    private static bool IsAddress(in FlowKey key) => NumericHost.TryParse(key.Identity, out var address) && address.Equals(key.Remote.Address);
}
