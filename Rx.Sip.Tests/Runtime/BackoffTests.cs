using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Runtime;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public class BackoffTests
{
    /// <summary>The bounds of RFC 5626 §4.5, its example of three failures among them.</summary>
    [Theory]
    [InlineData(0, 15, 30)]
    [InlineData(1, 30, 60)]
    [InlineData(3, 120, 240)]
    [InlineData(5, 480, 960)]
    [InlineData(6, 900, 1800)]
    [InlineData(7, 900, 1800)]
    [InlineData(int.MaxValue, 900, 1800)]
    public void The_wait_doubles_up_to_a_maximum_and_is_spread_over_its_upper_half(int failures, int least, int most)
    {
        Assert.Equal(TimeSpan.FromSeconds(least), Backoff.FlowRecovery.Delay(failures, 0));
        Assert.Equal(TimeSpan.FromSeconds(most), Backoff.FlowRecovery.Delay(failures, 1));
        Assert.Equal(TimeSpan.FromSeconds((least + most) / 2.0), Backoff.FlowRecovery.Delay(failures, 0.5));
    }

    [Fact]
    public void No_wait_is_ever_out_of_bounds() =>
        Prop.ForAll(
            Arb.From(from initial in Gen.Choose(1, 100_000)
                     from maximum in Gen.Choose(initial, 86_400_000)
                     from failures in Gen.Choose(-1, 100)
                     from jitter in Gen.Choose(-10, 1010)
                     select (Backoff: new Backoff(TimeSpan.FromMilliseconds(initial), TimeSpan.FromMilliseconds(maximum)), Failures: failures, Jitter: jitter / 1000.0)),
            one =>
            {
                var wait = one.Backoff.Delay(one.Failures, one.Jitter);
                return wait >= one.Backoff.Initial / 2 && wait <= one.Backoff.Maximum && wait <= one.Backoff.Delay(one.Failures + 1, one.Jitter);
            }).QuickCheckThrowOnFailure();
}
