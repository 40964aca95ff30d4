using System.Collections.Immutable;
using System.Net;
using System.Reactive.Linq;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// The search of RFC 3263 §4 for one query: from the domain by NAPTR to its services, from those by SRV to servers, from those to addresses of
/// both families. What can be asked at once is asked at once; the order is that of the records, whatever the order of the answers.
/// </summary>
/// <param name="query">The query, its host a name.</param>
/// <param name="ask">Asks a question; yields one answer.</param>
/// <param name="hosts">What this host knows by itself of a name; null when nothing.</param>
/// <param name="source">Our address toward another; null when there is no way.</param>
/// <param name="chance">Draws among servers of equal priority.</param>
internal sealed class TargetSearch(
    SipTargetQuery query,
    Func<DnsQuestion, IObservable<DnsAnswer>> ask,
    Func<string, IReadOnlyList<IPAddress>?> hosts,
    Func<IPAddress, IPAddress?> source,
    SipIdentifiers chance)
{
    private const int MaxServers = 16;

    /// <summary>Cold: yields what there is of a domain, and completes. Never errors.</summary>
    public IObservable<Findings> Find(string domain)
    {
        if (query.Port != 0)
            return FindAddresses(domain);
        var services = query.Transport is null
            ? Ask(domain, DnsType.Naptr).SelectMany(rules => FindByRules(domain, rules))
            : FindServers(SipService.Of(domain, query));
        // RFC 3263 §4.2: a domain without SRV records is a server by itself.
        return services.SelectMany(found => found.HasServers
            ? Observable.Return(found.Findings)
            : FindAddresses(domain).Select(addresses => new Findings(addresses.Targets, Earlier(addresses.Expires, found.Findings.Expires), addresses.Problem)));
    }

    private IObservable<Served> FindByRules(string domain, DnsAnswer rules)
    {
        List<SipService> chosen = [.. NaptrChoice.Choose(rules.Records.OfType<DnsRecord.Rule>(), query)];
        return FindServers(chosen is [] ? SipService.Of(domain, query) : chosen).Select(found => found with { Findings = found.Findings.Under(rules) });
    }

    private IObservable<Served> FindServers(IEnumerable<SipService> services) =>
        Together(services.Select(service => Ask(service.Name, DnsType.Srv).SelectMany(answer => FindServers(service, answer))))
            .Select(found => found.Aggregate(new Served(false, Findings.None), static (all, one) => new Served(all.HasServers || one.HasServers, all.Findings.Then(one.Findings))));

    private IObservable<Served> FindServers(SipService service, DnsAnswer answer)
    {
        if (answer.Records.IsEmpty)
            return Observable.Return(new Served(false, Findings.None.Under(answer)));
        // RFC 2782: the root as the only target says that the service is decidedly not available.
        var servers = SrvOrder.Arrange(answer.Records.OfType<DnsRecord.Server>().Where(server => server.Target != DnsName.Root && server.Port != 0), chance);
        return Together(servers.Take(MaxServers).Select(server => FindAddresses(server.Target, service.Transport, server.Port)))
            .Select(found => found.Aggregate(new Findings([], DateTimeOffset.MaxValue, servers.Count == 0 ? $"{service.Name} says that there is no server" : null), static (all, one) => all.Then(one)))
            .Select(found => new Served(true, found.Under(answer)));
    }

    private IObservable<Findings> FindAddresses(string domain) => query.TransportWithoutRecords is { } transport
        ? FindAddresses(domain, transport, DefaultPort.Or(query.Port, transport))
        : Observable.Return(Findings.None with { Problem = SipTargetList.NoTransport(query) });

    private IObservable<Findings> FindAddresses(string host, SipTransportType transport, int port)
    {
        if (hosts(host) is { } known)
            return Observable.Return(new Findings(Targets(known), DateTimeOffset.MaxValue, null));
        return Ask(host, DnsType.Aaaa).Zip(Ask(host, DnsType.A), (six, four) =>
        {
            var addresses = six.Records.Concat(four.Records).OfType<DnsRecord.Address>().Select(record => record.Value);
            return new Findings(Targets(addresses), DateTimeOffset.MaxValue, four.Verdict == DnsVerdict.Failed ? four.Problem : six.Problem).Under(six).Under(four);
        });

        ImmutableList<SipTarget> Targets(IEnumerable<IPAddress> addresses) =>
            [.. AddressSelection.Order(addresses, source).Select(address => new SipTarget(transport, new IPEndPoint(address, port), query.Host))];
    }

    private IObservable<DnsAnswer> Ask(string name, DnsType type) => DnsName.TryNormalize(name, out var normal)
        ? ask(new DnsQuestion(normal, type))
        : Observable.Return(new DnsAnswer(DnsVerdict.Denied, [], DateTimeOffset.MaxValue, $"'{name}' is not a domain name"));

    // Their results in the order of the questions.
    private static IObservable<IList<T>> Together<T>(IEnumerable<IObservable<T>> parts)
    {
        List<IObservable<T>> all = [.. parts];
        return all.Count == 0 ? Observable.Return<IList<T>>([]) : Observable.Zip(all);
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    /// <summary>What services led to, and whether there were SRV records at all.</summary>
    private readonly record struct Served(bool HasServers, Findings Findings);
}
