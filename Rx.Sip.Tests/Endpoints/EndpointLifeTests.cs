using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>Every state of an endpoint with everything that a registration may say.</summary>
public sealed class EndpointLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RegistrationFailure Broken = new(RegistrationFailureKind.Transient, "broken", null, null);
    private static readonly RegistrationFailure Wrong = new(RegistrationFailureKind.Credentials, "wrong", null, null);
    private static readonly RegistrationFailure Forbidden = new(RegistrationFailureKind.Policy, "forbidden", null, null);
    private static readonly RegistrationFailure Unknown = new(RegistrationFailureKind.Permanent, "unknown", null, null);
    private static readonly Binding Bound = new(SipUri.Parse("sip:a@b"), NameAddress.Parse("<sip:a@c>"), TimeSpan.FromHours(1));

    private static readonly EndpointState[] Living =
    [
        new EndpointState.Idle(null), new EndpointState.Establishing(), new EndpointState.Established(Now), new EndpointState.Reestablishing(Broken, 1, Now),
    ];

    private static readonly RegistrationState[] Registrations =
    [
        new RegistrationState.Unregistered(null), new RegistrationState.Unregistered(Broken), new RegistrationState.Unregistered(Wrong),
        new RegistrationState.Unregistered(Forbidden), new RegistrationState.Unregistered(Unknown), new RegistrationState.Registering(2, null),
        new RegistrationState.Registered(Bound, Now.AddHours(1)), new RegistrationState.Refreshing(Bound, Now.AddHours(1)),
        new RegistrationState.WaitingForRetry(Now.AddMinutes(1), 2, Broken, null), new RegistrationState.WaitingForRetry(Now.AddMinutes(1), 2, Broken, Now.AddHours(1)),
        new RegistrationState.Unregistering(),
    ];

    [Fact]
    public void A_granted_registration_establishes_whatever_was_before() =>
        Assert.All(Living, state => Assert.Equal(new EndpointState.Established(Now.AddHours(1)), After(state, Registrations[6])));

    [Theory]
    [InlineData(5), InlineData(7), InlineData(10)]
    public void Attempts_and_leave_taking_change_nothing_but_what_was_established(int registration) =>
        Assert.All(Living.Where(state => state is not EndpointState.Established), state => Assert.Same(state, After(state, Registrations[registration])));

    [Fact]
    public void A_refresh_that_is_on_its_way_leaves_the_endpoint_established()
    {
        Assert.Same(Living[2], After(Living[2], Registrations[7]));
        Assert.Same(Living[2], After(Living[2], Registrations[10]));
    }

    [Fact]
    public void A_binding_that_ran_out_while_it_was_refreshed_is_being_brought_back() =>
        Assert.Equal(new EndpointState.Reestablishing(RegistrationFailure.RanOut, 2, Now), After(Living[2], Registrations[5]));

    [Fact]
    public void A_refresh_that_failed_costs_nothing_while_the_binding_stands() =>
        Assert.All(Living, state => Assert.Same(state, After(state, Registrations[9])));

    [Fact]
    public void A_binding_that_is_lost_is_being_brought_back_when_the_policy_says() =>
        Assert.All(Living, state => Assert.Equal(new EndpointState.Reestablishing(Broken, 2, Now.AddMinutes(1)), After(state, Registrations[8])));

    [Fact]
    public void A_first_attempt_that_failed_leaves_the_endpoint_idle_with_its_cause() =>
        Assert.All(Living, state =>
        {
            Assert.Equal(new EndpointState.Idle(Broken), After(state, Registrations[8], hasRegistered: false));
            Assert.Equal(new EndpointState.Idle(Broken), After(state, Registrations[1], hasRegistered: false));
        });

    [Fact]
    public void A_policy_that_gives_up_ends_the_endpoint() =>
        Assert.All(Living, state => Assert.Equal(new EndpointState.Terminated(TerminationReason.RegistrationRefreshFailed, Broken), After(state, Registrations[1])));

    [Theory]
    [InlineData(true), InlineData(false)]
    public void What_is_refused_for_good_ends_the_endpoint_at_any_time(bool hasRegistered) =>
        Assert.All(Living, state =>
        {
            Assert.Equal(new EndpointState.Terminated(TerminationReason.AuthenticationFailed, Wrong), After(state, Registrations[2], hasRegistered));
            Assert.Equal(new EndpointState.Terminated(TerminationReason.OwnerDisabledOrRemoved, Forbidden), After(state, Registrations[3], hasRegistered));
            Assert.Equal(new EndpointState.Terminated(TerminationReason.OwnerDisabledOrRemoved, Unknown), After(state, Registrations[4], hasRegistered));
        });

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Unregistered_on_request_the_endpoint_is_idle(bool hasRegistered) =>
        Assert.All(Living, state => Assert.Equal(new EndpointState.Idle(null), After(state, Registrations[0], hasRegistered)));

    [Theory]
    [InlineData(TerminationReason.TerminatedLocally), InlineData(TerminationReason.PlatformShutdown)]
    public void An_endpoint_that_is_ending_ends_for_the_reason_it_was_given_and_hears_nothing_else(TerminationReason reason)
    {
        EndpointState ending = new EndpointState.Terminating();
        foreach (var registration in Registrations)
            foreach (var hasRegistered in (bool[])[true, false])
            {
                var next = EndpointLife.After(ending, registration, reason, hasRegistered, Now);
                if (registration is RegistrationState.Unregistered)
                    Assert.Equal(new EndpointState.Terminated(reason, null), next);
                else
                    Assert.Same(ending, next);
            }
    }

    [Fact]
    public void An_endpoint_that_drains_goes_on_draining_until_its_registration_is_over()
    {
        EndpointState draining = new EndpointState.Draining();
        Assert.All(Registrations.Where(registration => registration is not RegistrationState.Unregistered), registration => Assert.Same(draining, After(draining, registration)));
        Assert.All(Registrations.OfType<RegistrationState.Unregistered>(), registration => Assert.NotSame(draining, After(draining, registration)));
    }

    private static EndpointState After(EndpointState state, RegistrationState registration, bool hasRegistered = true) =>
        EndpointLife.After(state, registration, ending: null, hasRegistered, Now);
}
