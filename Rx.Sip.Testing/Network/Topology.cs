using System.Net;

namespace Rx.Sip.Testing.Network;

/// <summary>The hosts, the links between them, and who is cut off from whom.</summary>
internal sealed class Topology(SimulatedNetwork network)
{
    private readonly OrderedDictionary<string, SimulatedHost> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<IPAddress, SimulatedHost> _addresses = [];
    private readonly OrderedDictionary<(SimulatedHost, SimulatedHost), NetworkLink> _links = [];
    private readonly List<HashSet<SimulatedHost>> _islands = [];

    public IReadOnlyList<SimulatedHost> Hosts => [.. _hosts.Values];

    public SimulatedHost? Find(string name) => _hosts.GetValueOrDefault(name);

    public SimulatedHost? Find(IPAddress address) => _addresses.GetValueOrDefault(address);

    public SimulatedHost Add(string name, IPAddress? address)
    {
        var host = new SimulatedHost(network, name, address ?? NextAddress());
        if (!_hosts.TryAdd(name, host) || !_addresses.TryAdd(host.Address, host))
            throw new ArgumentException($"There is a host {name} or one at {host.Address} already.");
        return host;
    }

    public NetworkLink Link(SimulatedHost first, SimulatedHost second)
    {
        if (_links.TryGetValue((first, second), out var link) || _links.TryGetValue((second, first), out link))
            return link;
        return _links[(first, second)] = new NetworkLink(network, first, second);
    }

    public bool AreParted(SimulatedHost first, SimulatedHost second) =>
        _islands.Exists(island => island.Contains(first) != island.Contains(second));

    public void Part(IEnumerable<SimulatedHost> island) => _islands.Add([.. island]);

    public void Heal()
    {
        _islands.Clear();
        foreach (var link in Links)
            link.Heal();
        CheckWaiting();
    }

    /// <summary>Lets what waits for a way go on where there is one.</summary>
    public void CheckWaiting()
    {
        foreach (var link in Links)
            link.CheckWaiting();
    }

    private IReadOnlyList<NetworkLink> Links => [.. _links.Values];

    private IPAddress NextAddress()
    {
        for (var number = _hosts.Count + 1; ; number++)
            if (new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]) is var address && Find(address) is null)
                return address;
    }
}
