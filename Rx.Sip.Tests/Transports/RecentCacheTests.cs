using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public class RecentCacheTests
{
    [Fact]
    public void It_never_holds_more_than_two_generations_and_always_what_was_used_last() =>
        Prop.ForAll(Gen.Choose(0, 30).ArrayOf().ToArbitrary(), keys =>
        {
            var cache = new RecentCache<int, string>(5);
            foreach (var key in keys)
            {
                if (cache.TryGet(key, out var value))
                    Assert.Equal($"{key}", value);
                else
                    cache.Set(key, $"{key}");
                Assert.InRange(cache.Count, 1, 10);
                Assert.True(cache.TryGet(key, out _));
            }
            // The last four different ones are within one generation.
            foreach (var recent in keys.Reverse().Distinct().Take(4))
                Assert.True(cache.TryGet(recent, out _));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_the_very_value_is_removed()
    {
        var cache = new RecentCache<int, string>(5);
        cache.Set(1, "one");

        cache.Remove(1, "other");
        Assert.True(cache.TryGet(1, out var value));
        cache.Remove(1, value);

        Assert.False(cache.TryGet(1, out _));
    }
}
