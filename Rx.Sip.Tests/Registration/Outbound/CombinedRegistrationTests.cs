using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Outbound;
using Xunit;

namespace Rx.Sip.Tests.Registration.Outbound;

/// <summary>What the registrations of several flows amount to.</summary>
public class CombinedRegistrationTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.UnixEpoch;
    private static readonly Binding Bound = new(SipUri.Parse("sip:alice@example.test"), NameAddress.Parse("<sip:alice@192.0.2.1>"), TimeSpan.FromHours(1));
    private static readonly RegistrationState Registered = new RegistrationState.Registered(Bound, Noon);
    private static readonly RegistrationState Refreshing = new RegistrationState.Refreshing(Bound, Noon);
    private static readonly RegistrationState Standing = Waiting(1, Noon);
    private static readonly RegistrationState Leaving = new RegistrationState.Unregistering();
    private static readonly RegistrationState Over = new RegistrationState.Unregistered(null);
    private static readonly RegistrationState Trying = new RegistrationState.Registering(2, null);

    private static readonly RegistrationState[] All = [Registered, Refreshing, Standing, Leaving, Over, Trying, Waiting(5, null), Waiting(3, null)];

    public static TheoryData<RegistrationState, RegistrationState, RegistrationState> Rows => new()
    {
        { Registered, Trying, Registered },
        { Trying, Registered, Registered },
        { Refreshing, Registered, Refreshing },
        { Waiting(5, null), Standing, Standing },
        { Over, Registered, Registered },
        { Leaving, Trying, Leaving },
        { Waiting(5, null), Trying, Trying },
        { Waiting(5, null), Waiting(3, null), Waiting(3, null) },
        { Over, Waiting(3, null), Waiting(3, null) },
        { Over, Over, Over },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_that_stands_counts_else_the_one_furthest_on_its_way(RegistrationState one, RegistrationState other, RegistrationState whole) =>
        Assert.Equal(whole, CombinedRegistration.Of([one, other], other));

    [Fact]
    public void The_whole_stands_if_one_does_and_is_over_only_if_all_are() => Prop.ForAll<byte[]>(choice =>
    {
        RegistrationState[] states = [Over, .. choice.Select(number => All[number % All.Length])];
        var whole = CombinedRegistration.Of(states, states[^1]);
        return CombinedRegistration.Stands(whole) == states.Any(CombinedRegistration.Stands)
            && whole is RegistrationState.Unregistered == states.All(state => state is RegistrationState.Unregistered);
    }).QuickCheckThrowOnFailure();

    private static RegistrationState.WaitingForRetry Waiting(int seconds, DateTimeOffset? until) =>
        new(Noon.AddSeconds(seconds), 2, new RegistrationFailure(RegistrationFailureKind.Transient, "away", null, null), until);
}
