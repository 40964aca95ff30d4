using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Transactions;

/// <summary>The two algorithms, over seeds.</summary>
public class OverloadGateTests
{
    [Fact]
    public void Whatever_loss_is_asked_for_the_share_that_is_refused_is_that_and_never_many_off() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new SipIdentifiers(seed);
            var (loss, preferred) = ((int)(random.Next() % 101), random.Next() % 257);
            var (gate, refused) = (new LossGate(loss), 0);
            for (var number = 1; number <= 2000; number++)
            {
                if (!gate.Admits(default, random.Fraction() * 256 < preferred, random.Fraction()))
                    refused++;
                if (Math.Abs(refused - number * loss / 100.0) > LossGate.Reserve + 2)
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(80)]
    public void Chance_decides_which_requests_are_refused(int percent)
    {
        var random = new SipIdentifiers(3);
        var gate = new LossGate(percent);
        var admitted = Enumerable.Range(0, 20_000).Select(_ => gate.Admits(default, false, random.Fraction())).ToList();

        // What comes at every second or every tenth place is hit like the others.
        foreach (var step in new[] { 2, 3, 10 })
            Assert.InRange(admitted.Where((_, place) => place % step == 0).Average(one => one ? 0 : 100), percent - 4, percent + 4);
    }

    [Fact]
    public void Preferred_requests_pass_unscathed_while_the_others_can_pay_for_them()
    {
        var random = new SipIdentifiers(3);
        var gate = new LossGate(50);
        var (preferred, refused) = (new List<bool>(), 0);
        for (var number = 0; number < 10_000; number++)
        {
            if (number % 4 == 0)
                preferred.Add(gate.Admits(default, true, random.Fraction()));
            else if (!gate.Admits(default, false, random.Fraction()))
                refused++;
        }
        Assert.All(preferred, Assert.True);
        Assert.InRange(refused, 4990, 5010);
    }

    [Fact]
    public void All_of_nothing_else_but_preferred_requests_bear_the_loss_themselves()
    {
        var random = new SipIdentifiers(3);
        var gate = new LossGate(30);
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => !gate.Admits(default, true, random.Fraction())), 2990, 3001);
    }

    [Fact]
    public void No_loss_refuses_nothing_and_a_whole_loss_lets_nothing_ordinary_through()
    {
        var random = new SipIdentifiers(3);
        var (open, shut) = (new LossGate(0), new LossGate(100));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(open.Admits(default, false, random.Fraction())));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.False(shut.Admits(default, false, random.Fraction())));
    }

    [Fact]
    public void In_no_stretch_of_time_do_more_pass_than_the_rate_and_one_short_burst() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new SipIdentifiers(seed);
            var (perSecond, preferred) = (1 + (int)(random.Next() % 256), random.Next() % 257);
            var gate = new RateGate(perSecond, TimeSpan.Zero, random.Fraction());
            var (now, passed) = (TimeSpan.Zero, new List<TimeSpan>());
            for (var number = 0; number < 1000; number++)
            {
                // Some come in crowds, some after a while.
                now += random.Fraction() < 0.5 ? TimeSpan.Zero : TimeSpan.FromSeconds(random.Fraction() * 4 / perSecond);
                if (gate.Admits(now, random.Fraction() * 256 < preferred, random.Fraction()))
                    passed.Add(now);
            }
            for (var first = 0; first < passed.Count; first++)
                for (var last = first; last < passed.Count; last++)
                    if (last - first + 1 > (passed[last] - passed[first]).TotalSeconds * perSecond + RateGate.PreferredTolerance + 1 + 1e-6)
                        return false;
            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(1000)]
    public void As_many_as_the_rate_allows_do_pass(int perSecond)
    {
        var (gate, passed) = (new RateGate(perSecond, TimeSpan.Zero, 0.5), 0);
        for (var step = 0; step < 100 * 10 * perSecond; step++)
            passed += gate.Admits(TimeSpan.FromSeconds(step / 10.0 / perSecond), false, 0) ? 1 : 0;

        Assert.InRange(passed, 100 * perSecond, 100 * perSecond + RateGate.Tolerance + 1);
    }

    [Fact]
    public void A_rate_of_nothing_lets_nothing_pass()
    {
        var gate = new RateGate(0, TimeSpan.Zero, 0);
        Assert.All(Enumerable.Range(0, 100), second => Assert.False(gate.Admits(TimeSpan.FromSeconds(second), true, 0)));
    }

    [Fact]
    public void With_the_bucket_full_a_preferred_request_still_passes()
    {
        var gate = new RateGate(10, TimeSpan.Zero, 0);
        while (gate.Admits(TimeSpan.Zero, false, 0))
            continue;
        Assert.True(gate.Admits(TimeSpan.Zero, true, 0));
        Assert.False(gate.Admits(TimeSpan.Zero, false, 0));
    }

    [Theory]
    [InlineData(OverloadAlgorithm.Loss)]
    [InlineData(OverloadAlgorithm.Rate)]
    public void A_flood_of_what_cannot_be_refused_does_not_silence_the_others_for_ever(OverloadAlgorithm algorithm)
    {
        var gate = OverloadGate.Of(algorithm, 50, TimeSpan.Zero, 0);
        for (var number = 0; number < 100_000; number++)
            gate.Pass(TimeSpan.Zero);

        Assert.Contains(Enumerable.Range(0, 20), number => gate.Admits(TimeSpan.FromSeconds(number), false, 0.5));
    }
}
