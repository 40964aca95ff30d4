using Rx.Sip.Subscriptions;
using Xunit;
using static Rx.Sip.Tests.Subscriptions.SubscriptionGiven;

namespace Rx.Sip.Tests.Subscriptions;

/// <summary>
/// The machine of RFC 6665 §4.1.2, written out: every situation with every event at the hundredth second, but those in which nothing
/// happens. Behind the arrow: the phase, the next instant it wants to be told of, what is to be done.
/// </summary>
public class SubscriptionTableTests
{
    private static readonly (string Name, SubscriptionEvent Input)[] Events =
    [
        ("begun", Begun), ("200", Answer(200, "Expires", "600")), ("204", Answer(204)), ("423", Answer(423, "Min-Expires", "7200")), ("403", Answer(403)),
        ("481", Answer(481)), ("489", Answer(489)), ("503", Answer(503, "Retry-After", "60")), ("408", Answer(408)),
        ("active", Notify("active")), ("active 50", Notify("active;expires=50")), ("active 5000", Notify("active;expires=5000")), ("pending", Notify("pending;expires=600")),
        ("deactivated", Notify("terminated;reason=deactivated")), ("giveup", Notify("terminated;reason=giveup;retry-after=9")),
        ("rejected", Notify("terminated;reason=rejected;retry-after=9")), ("terminated", Notify("terminated")),
        ("time", TimePassed), ("refresh", RefreshWanted), ("abandoned", Abandoned),
    ];

    [Fact]
    public void Before_it_begins() => Is(New(), """
        begun: NotifyWait -, SUBSCRIBE 3600
        active: Active -, tell
        active 50: Active 118, tell
        active 5000: Active 3600, tell
        pending: Pending 520, tell
        deactivated: Terminated -, tell, end Renewable
        giveup: Terminated -, tell, end Postponed 9
        rejected: Terminated -, tell, end Refused
        terminated: Terminated -, tell, end Postponed
        abandoned: NotifyWait -, SUBSCRIBE 0
        """);

    [Fact]
    public void With_the_first_SUBSCRIBE_on_its_way() => Is(After((0, Begun)), """
        200: NotifyWait 132
        204: NotifyWait 2620
        423: NotifyWait -, SUBSCRIBE 7200
        403: Terminated -, end Refused
        481: Terminated -, end Renewable
        489: Terminated -, end NotOffered
        503: Terminated -, end Postponed 60
        408: Terminated -, end Postponed
        active: Active -, tell
        active 50: Active -, tell
        active 5000: Active -, tell
        pending: Pending -, tell
        deactivated: Terminated -, tell, end Renewable
        giveup: Terminated -, tell, end Postponed 9
        rejected: Terminated -, tell, end Refused
        terminated: Terminated -, tell, end Postponed
        abandoned: NotifyWait -
        """);

    [Fact]
    public void Granted_and_waiting_for_the_first_NOTIFY() => Is(After((0, Begun), (90, Answer(200))), """
        active: Active 2610, tell
        active 50: Active 118, tell
        active 5000: Active 2610, tell
        pending: Pending 520, tell
        deactivated: Terminated -, tell, end Renewable
        giveup: Terminated -, tell, end Postponed 9
        rejected: Terminated -, tell, end Refused
        terminated: Terminated -, tell, end Postponed
        abandoned: NotifyWait -, SUBSCRIBE 0
        """);

    [Fact]
    public void Active() => Is(After((0, Begun), (0, Answer(200)), (0, Notify("active"))), """
        active: Active 2520, tell
        active 50: Active 118, tell
        active 5000: Active 2520, tell
        pending: Pending 520, tell
        deactivated: Terminated -, tell, end Renewable
        giveup: Terminated -, tell, end Postponed 9
        rejected: Terminated -, tell, end Refused
        terminated: Terminated -, tell, end Postponed
        refresh: Active -, SUBSCRIBE 3600
        abandoned: Active -, SUBSCRIBE 0
        """);

    [Fact]
    public void With_a_refresh_on_its_way() => Is(After((0, Begun), (0, Answer(200)), (0, Notify("active")), (99, RefreshWanted)), """
        200: Active 132
        204: Active 2620
        423: Active -, SUBSCRIBE 7200
        403: Active 122.5
        481: Terminated -, end Renewable
        489: Terminated -, end NotOffered
        503: Active 160
        408: Active 122.5
        active: Active -, tell
        active 50: Active -, tell
        active 5000: Active -, tell
        pending: Pending -, tell
        deactivated: Terminated -, tell, end Renewable
        giveup: Terminated -, tell, end Postponed 9
        rejected: Terminated -, tell, end Refused
        terminated: Terminated -, tell, end Postponed
        refresh: Active -
        abandoned: Active -
        """);

    [Fact]
    public void A_refresh_that_is_wanted_behind_one_that_is_on_its_way_follows_it_at_once() =>
        Assert.Equal("100", Next(After((0, Begun), (0, Answer(200)), (0, Notify("active")), (98, RefreshWanted), (99, RefreshWanted), (100, Answer(200)), (100, Notify("active")))));

    [Fact]
    public void With_a_refresh_on_its_way_that_nobody_wants_any_more() => Is(After((0, Begun), (0, Answer(200)), (0, Notify("active")), (99, RefreshWanted), (99, Abandoned)), """
        200: Active -, SUBSCRIBE 0
        204: Active -, SUBSCRIBE 0
        423: Active -, SUBSCRIBE 0
        403: Active -, SUBSCRIBE 0
        481: Active -, SUBSCRIBE 0
        489: Active -, SUBSCRIBE 0
        503: Active -, SUBSCRIBE 0
        408: Active -, SUBSCRIBE 0
        active: Active -
        active 50: Active -
        active 5000: Active -
        pending: Pending -
        deactivated: Terminated -, end Left
        giveup: Terminated -, end Left
        rejected: Terminated -, end Left
        terminated: Terminated -, end Left
        """);

    [Fact]
    public void With_the_first_SUBSCRIBE_on_its_way_that_nobody_wants_any_more() => Is(After((0, Begun), (50, Abandoned)), """
        200: NotifyWait -, SUBSCRIBE 0
        204: NotifyWait -, SUBSCRIBE 0
        423: Terminated -, end Left
        403: Terminated -, end Left
        481: Terminated -, end Left
        489: Terminated -, end Left
        503: Terminated -, end Left
        408: Terminated -, end Left
        active: Active -
        active 50: Active -
        active 5000: Active -
        pending: Pending -
        deactivated: Terminated -, end Left
        giveup: Terminated -, end Left
        rejected: Terminated -, end Left
        terminated: Terminated -, end Left
        """);

    [Fact]
    public void Taking_leave() => Is(After((0, Begun), (0, Answer(200)), (0, Notify("active")), (50, Abandoned)), """
        200: Active 132
        204: Active 132
        423: Terminated -, end Left
        403: Terminated -, end Left
        481: Terminated -, end Left
        489: Terminated -, end Left
        503: Terminated -, end Left
        408: Terminated -, end Left
        active: Active -
        active 50: Active -
        active 5000: Active -
        pending: Pending -
        deactivated: Terminated -, end Left
        giveup: Terminated -, end Left
        rejected: Terminated -, end Left
        terminated: Terminated -, end Left
        """);

    [Fact]
    public void Over() => Is(After((0, Begun), (0, Answer(489))), "");

    [Theory]
    // The refresh: at 70 % with this jitter.
    [InlineData(2519.9, "Active")]
    [InlineData(2520, "Active, SUBSCRIBE 3600")]
    [InlineData(3599, "Active, SUBSCRIBE 3600")]
    [InlineData(3600, "Terminated, end Renewable")]
    public void Time_passes_while_it_is_active(double at, string happens) =>
        Assert.Equal(happens, Happens(After((0, Begun), (0, Answer(200)), (0, Notify("active"))), TimePassed, at));

    [Theory]
    [InlineData(31.9, "NotifyWait")]
    [InlineData(32, "Terminated, end Postponed")]
    public void Timer_N_ends_what_is_never_notified(double at, string happens) =>
        Assert.Equal(happens, Happens(After((0, Begun), (0, Answer(200))), TimePassed, at));

    [Fact]
    public void Timer_N_ends_what_is_not_notified_behind_a_refresh() =>
        Assert.Equal("Terminated, end Postponed", Happens(After((0, Begun), (0, Answer(200)), (0, Notify("active")), (99, RefreshWanted), (100, Answer(200))), TimePassed, 132));

    [Fact]
    public void A_NOTIFY_that_is_faster_than_the_success_is_the_one_it_promises() =>
        Assert.Equal("2521", Next(After((0, Begun), (1, Notify("active")), (1, Answer(200)))));

    [Fact]
    public void No_NOTIFY_puts_a_refresh_off()
    {
        var busy = After((0, Begun), (0, Answer(200)), (0, Notify("active")));
        for (var at = 10; at < 2520; at += 10)
            busy = busy.On(Notify("active;expires=3600"), At(at), 0.99).Next;
        Assert.Equal("2520", Next(busy));
    }

    [Fact]
    public void A_notifier_that_ends_each_subscription_as_soon_as_it_stands_is_not_asked_at_once() =>
        Assert.Equal("Terminated, tell, end Postponed", Happens(After((0, Begun), (0, Answer(200))), Notify("terminated;reason=deactivated"), 31));

    [Fact]
    public void A_refusal_that_asks_for_more_time_than_is_left_is_obeyed_by_the_next_subscription() =>
        Assert.Equal(
            "Terminated, end Postponed 3220",
            Happens(After((0, Begun), (0, Answer(200)), (0, Notify("active")), (2520, TimePassed), (2520, Answer(503, "Retry-After", "4300"))), TimePassed, 3600));

    [Fact]
    public void A_brief_interval_is_lengthened_once() =>
        Assert.Equal("Terminated, end Refused", Happens(After((0, Begun), (0, Answer(423, "Min-Expires", "7200"))), Answer(423, "Min-Expires", "9000"), 1));

    private static string Happens(Subscription subscription, SubscriptionEvent input, double at)
    {
        var step = subscription.On(input, At(at), 0.5);
        return string.Join(", ", [step.Next.Phase.ToString(), .. step.Effects.ToArray().Select(Name)]);
    }

    private static void Is(Subscription subscription, string table)
    {
        var actual = from one in Events
                     let step = subscription.On(one.Input, At(100), 0.5)
                     where step.Next != subscription || step.Effects.Count > 0
                     select string.Join(", ", [$"{one.Name}: {step.Next.Phase} {Next(step.Next)}", .. step.Effects.ToArray().Select(Name)]);
        Assert.Equal(table.Trim().ReplaceLineEndings("\n"), string.Join('\n', actual));
    }
}
