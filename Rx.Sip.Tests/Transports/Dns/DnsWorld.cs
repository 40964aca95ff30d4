using System.Reactive.Linq;
using Rx.Sip.Testing;
using Rx.Sip.Transports;
using Rx.Sip.Transports.Dns;

namespace Rx.Sip.Tests.Transports.Dns;

/// <summary>A host with a resolver and one or two DNS servers, ten milliseconds away.</summary>
internal sealed class DnsWorld
{
    private DnsResolver? _resolver;

    public DnsWorld(string zone, long seed = 1)
    {
        World = new SimulatedNetwork(seed) { Conditions = { Latency = TimeSpan.FromMilliseconds(10) } };
        Server = World.StartDnsServer("dns", DnsZone.Parse(zone));
    }

    public SimulatedNetwork World { get; }

    public DnsServer Server { get; }

    public DnsResolver Resolver => _resolver ??= World.DnsResolver("alice");

    public DnsClient Client => Resolver.Client;

    public static DnsQuestion A(string name) => new(name, DnsType.A);

    /// <summary>Asks, lets time go by until it is answered, and says how: <c>40 ms: 192.0.2.1 for 60 s</c>.</summary>
    public string Ask(DnsQuestion question)
    {
        var start = World.Now;
        using var recording = Client.Ask(question).Record(World.Scheduler);
        if (!recording.IsCompleted)
            World.RunUntil(() => recording.IsCompleted, TimeSpan.FromMinutes(1));
        var answer = recording.Values.Single();
        var what = answer.Verdict == DnsVerdict.Found
            ? string.Join(' ', answer.Records.Select(record => record is DnsRecord.Address address ? address.Value.ToString() : record.ToString()))
            : answer.Problem;
        return $"{(World.Now - start).TotalMilliseconds} ms: {what} for {(answer.Expires - World.Now).TotalSeconds} s";
    }

    /// <summary>Finds targets, lets time go by until there are any, and says which.</summary>
    public string Find(SipTargetQuery query) => FindList(query).ToString();

    public SipTargetList FindList(SipTargetQuery query)
    {
        using var recording = Resolver.Resolve(query).Record(World.Scheduler);
        if (!recording.IsCompleted)
            World.RunUntil(() => recording.IsCompleted, TimeSpan.FromMinutes(2));
        return recording.Values.Single();
    }

    /// <summary>Nothing is being asked, nothing is open or scheduled.</summary>
    public void AssertNothingLeft()
    {
        Xunit.Assert.Equal(0, Client.Pending);
        World.AssertNothingLeft();
    }
}
