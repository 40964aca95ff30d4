using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Authentication;
using Xunit;

namespace Rx.Sip.Tests.Authentication;

public class NonceCountsTests
{
    [Fact]
    public void The_uses_of_each_nonce_are_counted_apart_whatever_the_order_as_long_as_few_are_in_use() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), uses =>
        {
            var (counts, expected) = (new NonceCounts(), new Dictionary<string, int>());
            foreach (var use in uses)
            {
                var nonce = $"nonce {use % NonceCounts.Capacity}";
                expected[nonce] = expected.GetValueOrDefault(nonce) + 1;
                Assert.Equal($"{expected[nonce]:x8}", counts.Next(nonce));
            }
            Assert.Equal(expected.Count, counts.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_year_of_nonces_that_serve_once_takes_no_more_room_than_a_day_and_the_one_in_use_is_kept()
    {
        var counts = new NonceCounts();
        for (var hour = 1; hour <= 365 * 24; hour++)
        {
            Assert.Equal("00000001", counts.Next($"{hour}"));
            Assert.Equal($"{hour:x8}", counts.Next("the other realm's"));
        }
        Assert.Equal(NonceCounts.Capacity, counts.Count);
    }
}
