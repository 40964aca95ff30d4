using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Testing;
using Xunit;
using static Rx.Sip.Tests.Scenarios.Story;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>A server that closes its connections is called ever more slowly, until nobody would block us.</summary>
public sealed class HangingUpServerTests
{
    [Fact]
    public void A_server_that_closes_the_connection_again_and_again_is_called_ever_more_slowly() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        List<TimeSpan> registered = [];
        using var closing = alice.Registration.OfType<RegistrationState.Registered>().Subscribe(_ =>
        {
            registered.Add(world.Scheduler.Elapsed);
            world.After(TimeSpan.FromMilliseconds(1), server.DropConnections);
        });
        world.RunFor(12 * Hour);
        Assert.InRange(registered.Count, 20, 60);
        Assert.All(registered.Zip(registered.Skip(1), (one, next) => next - one), wait => Assert.True(wait >= TimeSpan.FromSeconds(15)));
        Assert.True(registered[^1] - registered[^2] >= 15 * Minute);
    });

    [Fact]
    public void A_server_that_answers_with_an_error_and_hangs_up_is_not_called_at_once() => Tell((world, server) =>
    {
        var alice = world.UserEndpoint("alice");
        world.RunFor(Minute);
        server.Faults.AnswerNext(SipMethod.Register, 500, 1000);
        using var hangingUp = alice.Registration.OfType<RegistrationState.WaitingForRetry>().Subscribe(_ => server.DropConnections());
        server.DropConnections();
        world.RunFor(6 * Hour);
        var attempts = world.Registers().Select(sent => sent.At).Where(at => at > Minute + Second).ToList();
        Assert.InRange(attempts.Count, 10, 40);
        Assert.All(attempts.Zip(attempts.Skip(1), (one, next) => next - one), wait => Assert.True(wait >= 15 * Second));
    });
}
