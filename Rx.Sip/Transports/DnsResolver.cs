using System.Collections.Immutable;
using System.Reactive.Linq;
using Rx.Sip.Transports.Dns;

namespace Rx.Sip.Transports;

/// <summary>
/// Finds servers as RFC 3263 says, with a DNS client of its own: a numeric host at once; a name in the hosts file there; any other by
/// NAPTR, SRV, A and AAAA records. Answers are kept as long as they hold, denials too (RFC 2308), and no longer. Nothing blocks, and nothing
/// has to be disposed: sockets are open while somebody waits. Safe from any thread.
/// </summary>
public sealed class DnsResolver : ISipResolver
{
    // What the hosts file says is looked at again after that long.
    private static readonly TimeSpan HostsHold = TimeSpan.FromMinutes(1);

    private readonly DnsSettings _settings;
    private readonly IDnsNetwork _network;
    private readonly SystemNames _system = SystemNames.OfThisHost();

    /// <summary>A resolver with the system's hosts file and DNS servers.</summary>
    public DnsResolver() : this(new DnsSettings())
    {
    }

    /// <summary>A resolver as the settings say.</summary>
    public DnsResolver(DnsSettings settings) : this(settings, null)
    {
    }

    internal DnsResolver(DnsSettings settings, IDnsNetwork? network)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _network) = (settings, network ?? new DnsSockets(settings.Identifiers));
        Client = new DnsClient(settings, _network, () => settings.Servers ?? _system.At(settings.Scheduler.Now).Servers);
    }

    internal DnsClient Client { get; }

    /// <summary>
    /// Cold. See <see cref="ISipResolver.Resolve"/>. Each subscription draws lots among servers of equal priority (RFC 2782). A numeric host,
    /// and what is known already, is answered before Subscribe returns.
    /// </summary>
    public IObservable<SipTargetList> Resolve(SipTargetQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Observable.Defer(() => Find(query));
    }

    private IObservable<SipTargetList> Find(SipTargetQuery query)
    {
        if (NumericHost.TryParse(query.Host, out var numeric))
            return Observable.Return(SipTargetList.Of(query, [numeric], TimeSpan.MaxValue));
        if (!DnsName.TryNormalize(query.Host, out var name))
            return Observable.Return(SipTargetList.None($"'{query.Host}' is not a name", TimeSpan.MaxValue));
        var names = Names();
        if (names.Find(name) is { } known)
            return Observable.Return(SipTargetList.Of(query, [.. AddressSelection.Order(known, _network.SourceToward)], HostsHold));
        var search = new TargetSearch(query, Client.Ask, names.Find, _network.SourceToward, _settings.Identifiers);
        return Search(search, [.. names.Candidates(query.Host, name)], 0, Findings.None).Select(found => ToList(query, found));
    }

    // One domain after the other, until there is something.
    private static IObservable<Findings> Search(TargetSearch search, ImmutableArray<string> domains, int next, Findings so) =>
        next == domains.Length || !so.Targets.IsEmpty
            ? Observable.Return(so)
            : search.Find(domains[next]).SelectMany(found => Search(search, domains, next + 1, (so with { Problem = null }).Then(found)));

    private NameConfiguration Names()
    {
        // A system that nobody needs is not asked.
        var system = _settings is { Hosts: not null, SearchDomains: not null } ? NameConfiguration.Empty : _system.At(_settings.Scheduler.Now);
        return system with
        {
            SearchDomains = _settings.SearchDomains ?? system.SearchDomains,
            Hosts = _settings.Hosts ?? system.Hosts,
        };
    }

    private SipTargetList ToList(SipTargetQuery query, Findings found)
    {
        if (found.Targets.IsEmpty)
            return SipTargetList.None(found.Problem ?? $"{query.Host} is not known", Left(found, otherwise: TimeSpan.Zero));
        return new SipTargetList(found.Targets, Left(found, otherwise: HostsHold), null);
    }

    private TimeSpan Left(Findings found, TimeSpan otherwise) =>
        found.Expires == DateTimeOffset.MaxValue ? otherwise
        : found.Expires - _settings.Scheduler.Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
