using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Every use of a nonce counts, so that no server takes one for a replay.</summary>
public sealed class NonceCountTests
{
    [Fact]
    public void Every_use_of_a_nonce_counts() => Tell((world, server) =>
    {
        var (alice, bob) = (world.UserEndpoint("alice"), world.UserEndpoint("bob"));
        using var seen = bob.Messages.Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(1));
        for (var number = 0; number < 5; number++)
        {
            alice.SendMessage("sip:bob@example.test", $"{number}").Subscribe();
            world.RunFor(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(5, seen.Values.Count);
        var uses = world.Traffic.Entries.Where(entry => entry.From == "alice").Select(entry => entry.Message).OfType<SipRequest>()
            .SelectMany(request => (string?[])[request.Headers.Get("Authorization"), request.Headers.Get("Proxy-Authorization")]).OfType<string>()
            .Select(value => (Nonce: Between(value, "nonce=\"", "\""), Count: int.Parse(Between(value, "nc=", ","), NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .GroupBy(use => use.Nonce).ToList();
        Assert.All(uses, nonce => Assert.Equal(nonce.Select(use => use.Count).Distinct(), nonce.Select(use => use.Count)));
        Assert.Contains(uses, nonce => nonce.Count() > 4);
    });

    private static string Between(string text, string before, string after)
    {
        var begin = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        var end = text.IndexOf(after, begin, StringComparison.Ordinal);
        return end < 0 ? text[begin..] : text[begin..end];
    }
}
