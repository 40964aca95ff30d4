using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports.Liveness;
using Xunit;

namespace Rx.Sip.Tests.Transports.Liveness;

public class KeepAliveWishesTests
{
    private static readonly KeepAliveTerms[] Terms =
    [
        KeepAliveTerms.Default(isReliable: true), KeepAliveTerms.Agreed(isReliable: true, null), KeepAliveTerms.Agreed(isReliable: true, TimeSpan.FromSeconds(60)),
    ];

    [Fact]
    public void Whoever_joins_and_leaves_the_terms_are_those_that_satisfy_all_who_are_left() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps =>
        {
            var (wishes, flow) = (new KeepAliveWishes(), Nobodys());
            var leases = Enumerable.Range(0, 6).Select(number => new KeepAliveLease(flow, Terms[number % 3], static _ => { }, wishes)).ToList();
            foreach (var who in steps)
            {
                var lease = leases[who % leases.Count];
                if (!lease.Holds)
                    wishes.Add(lease);
                else
                    Assert.True(wishes.Remove(lease));
                var held = leases.Where(one => one.Holds).Select(one => one.Terms).ToList();
                Assert.Equal(held.Count == 0, wishes.IsEmpty);
                if (held.Count > 0)
                    Assert.Equal(held.Aggregate((one, other) => one.And(other)), wishes.Together);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void All_are_told_even_when_one_leaves_while_he_is_told()
    {
        var (wishes, flow, told) = (new KeepAliveWishes(), Nobodys(), new List<int>());
        var leases = new List<KeepAliveLease>();
        for (var number = 0; number < 3; number++)
        {
            var own = number;
            leases.Add(new KeepAliveLease(flow, Terms[0], tell => ((Action)tell)(), () =>
            {
                told.Add(own);
                wishes.Remove(leases[own]);
            }));
            wishes.Add(leases[own]);
        }
        wishes.TellAll();
        Assert.Equal([0, 1, 2], told);
        Assert.True(wishes.IsEmpty);
        Assert.False(wishes.Remove(leases[0]));
    }

    private static FlowKeepAlive Nobodys() => null!;
}
