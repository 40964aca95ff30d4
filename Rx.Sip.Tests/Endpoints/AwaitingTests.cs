using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>What goes on behind an <c>await</c>.</summary>
public sealed class AwaitingTests
{
    [Fact]
    public void It_goes_on_at_the_instant_of_the_answer_on_virtual_time() => SimulatedNetwork.Check(1, world =>
    {
        world.Conditions.Latency = TimeSpan.FromMilliseconds(10);
        var stage = new Stage(world);
        var (alice, bob) = (stage.Peer("alice"), stage.Peer("bob"));
        bob.Messages.Subscribe();
        var begun = world.Now;
        var instants = new List<TimeSpan>();

        var exchange = ExchangeAsync();
        world.Await(exchange);

        Assert.Equal([20, 40], instants.Select(instant => instant.TotalMilliseconds));
        world.AssertNothingLeft();

        async Task ExchangeAsync()
        {
            for (var i = 0; i < 2; i++)
            {
                Assert.Equal(200, (await alice.SendMessageAsync("sip:bob@bob", $"{i}").ConfigureAwait(false)).StatusCode);
                instants.Add(world.Now - begun);
            }
        }
    });
}
