using Rx.Sip.Runtime;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// The order of servers by RFC 2782: by priority, and among equals by lot, each with the chance that its weight is of the sum of
/// weights. Where all weigh something the RFC's own recipe favours the first by a part of one; here none is favoured.
/// </summary>
internal static class SrvOrder
{
    public static IReadOnlyList<DnsRecord.Server> Arrange(IEnumerable<DnsRecord.Server> servers, SipIdentifiers chance)
    {
        List<DnsRecord.Server> arranged = [];
        foreach (var equals in servers.GroupBy(server => server.Priority).OrderBy(group => group.Key))
        {
            List<DnsRecord.Server> left = [.. equals];
            while (left.Count > 0)
            {
                var drawn = left.Count == 1 ? 0 : Draw(left, chance);
                arranged.Add(left[drawn]);
                left.RemoveAt(drawn);
            }
        }
        return arranged;
    }

    private static int Draw(List<DnsRecord.Server> servers, SipIdentifiers chance)
    {
        var sum = servers.Sum(server => server.Weight);
        var weightless = servers.Count(server => server.Weight == 0);
        // "A very small chance" for those without weight: one in the sum and one, for all of them together; alone they are equals.
        var lot = Below(sum + (weightless > 0 ? 1 : 0), chance);
        if (lot >= sum)
        {
            var chosen = Below(weightless, chance);
            return servers.FindIndex(server => server.Weight == 0 && chosen-- == 0);
        }
        return servers.FindIndex(server => (lot -= server.Weight) < 0);
    }

    private static int Below(int limit, SipIdentifiers chance) => (int)(chance.Fraction() * limit);
}
