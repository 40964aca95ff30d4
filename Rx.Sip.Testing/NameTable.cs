using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing;

/// <summary>
/// The name service of a simulated network: numeric addresses, and what a test says of names. It may be changed while time
/// runs; names compare without case.
/// </summary>
public sealed class NameTable : ISipResolver
{
    private readonly Dictionary<string, IPEndPoint[]> _targets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name service answers; while it does not, every name is unknown. Default true.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>
    /// Says where a name lives: these addresses, in the order in which they are to be tried. A port of 0 means the usual one of
    /// the transport; a port that is asked for with the name goes before that of the table.
    /// </summary>
    public void Set(string name, params IPEndPoint[] targets)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(targets);
        _targets[name] = targets;
    }

    /// <summary>Forgets a name.</summary>
    public void Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _targets.Remove(name);
    }

    /// <summary>Cold: yields the targets by the table as it is at the moment of subscribing, at once and for this once, and completes; an empty list for an unknown name. Never errors.</summary>
    public IObservable<SipTargetList> Resolve(SipTargetQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Observable.Defer(() => Observable.Return(Find(query)));
    }

    private SipTargetList Find(SipTargetQuery query)
    {
        var found = Find(query.Host);
        return query.TransportWithoutRecords is { } transport && found.Length > 0
            ? new([.. found.Select(target => new SipTarget(transport, new IPEndPoint(target.Address, Port(query.Port, target.Port, transport)), query.Host))], TimeSpan.Zero, null)
            : SipTargetList.Of(query, [], TimeSpan.Zero);
    }

    private IPEndPoint[] Find(string host) =>
        NumericHost.TryParse(host, out var address) ? [new IPEndPoint(address, 0)]
        : IsUp ? _targets.GetValueOrDefault(host) ?? []
        : [];

    private static int Port(int asked, int known, SipTransportType transport) => DefaultPort.Or(asked != 0 ? asked : known, transport);
}
