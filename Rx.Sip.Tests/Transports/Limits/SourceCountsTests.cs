using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports.Limits;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

public class SourceCountsTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("fe80::1%3", "fe80::2", true)]
    [InlineData("::1", "0.0.0.1", false)]
    [InlineData("::c000:207", "192.0.2.7", false)]
    public void A_source_is_an_address_or_a_network_of_64_bits(string one, string other, bool same) =>
        Assert.Equal(same, SourceKey.Of(IPAddress.Parse(one)) == SourceKey.Of(IPAddress.Parse(other)));

    [Fact]
    public void Whatever_is_taken_and_given_back_nobody_has_more_than_his_share_and_nothing_is_left() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Source, bool Takes)[]>(), steps =>
        {
            var counts = new SourceCounts(3);
            var held = new Dictionary<int, int>();
            foreach (var (source, takes) in steps)
            {
                var key = new SourceKey((ulong)(source % 5));
                var has = held.GetValueOrDefault(source % 5);
                if (takes)
                {
                    Assert.Equal(has < 3, counts.TryTake(key));
                    held[source % 5] = Math.Min(3, has + 1);
                }
                else if (has > 0)
                {
                    counts.Return(key);
                    held[source % 5] = has - 1;
                }
                Assert.Equal(held.Values.Count(count => count > 0), counts.Count);
            }
            foreach (var (source, count) in held)
                for (var i = 0; i < count; i++)
                    counts.Return(new SourceKey((ulong)source));
            return counts.Count == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_queues_grow_and_shrink_by_the_budget_holds_and_all_of_it_comes_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Queue, ushort Octets)[]>(), steps =>
        {
            const long max = 100_000;
            var budget = new OctetBudget(max);
            var sizes = new int[8];
            foreach (var (queue, octets) in steps)
            {
                ref var size = ref sizes[queue % 8];
                if (octets < size)
                {
                    budget.Shrink(size, octets);
                    size = octets;
                }
                else if (budget.TryGrow(size, octets))
                {
                    size = octets;
                }
                else
                {
                    Assert.True(octets > OctetBudget.FreeOctets);
                }
                Assert.Equal(sizes.Where(one => one > OctetBudget.FreeOctets).Sum(), budget.Used);
                Assert.InRange(budget.Used, 0, max);
            }
            foreach (var size in sizes)
                budget.Return(size);
            return budget.Used == 0;
        }).QuickCheckThrowOnFailure();
}
