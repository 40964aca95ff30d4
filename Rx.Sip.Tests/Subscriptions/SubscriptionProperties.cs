using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Subscriptions;
using Xunit;
using static Rx.Sip.Tests.Subscriptions.SubscriptionGiven;

namespace Rx.Sip.Tests.Subscriptions;

public class SubscriptionProperties
{
    private static readonly int[] Statuses = [200, 202, 204, 301, 401, 403, 404, 408, 423, 480, 481, 489, 500, 503, 600, 603, 604];

    private static readonly Gen<SubscriptionEvent> Inputs = Gen.OneOf(
        Gen.Elements(Begun, TimePassed, TimePassed, TimePassed, RefreshWanted, Abandoned),
        from status in Gen.Elements(Statuses)
        from header in Gen.Elements("Expires", "Min-Expires", "Retry-After")
        from seconds in Gen.OneOf(Gen.Choose(0, 9000), Gen.Constant(int.MaxValue))
        select Answer(status, header, $"{seconds}"),
        from state in Gen.Elements("active", "pending", "terminated", "waiting")
        from parameter in Gen.Elements("", ";expires=0", ";expires=4294967295", ";expires=70", ";reason=deactivated", ";reason=probation;retry-after=77", ";reason=unheard-of")
        select Notify(state + parameter));

    private static readonly Gen<(int Seconds, SubscriptionEvent Input)[]> Histories =
        Gen.ArrayOf(from seconds in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 40), Gen.Choose(-5, 5000))
                    from input in Inputs
                    select (seconds, input));

    [Fact]
    public void Whatever_comes_in_whatever_order_it_goes_on_and_once_over_it_stays_over() => Holds((before, step, _) =>
        before.Phase != SubscriptionPhase.Terminated || (step.Effects.Count == 0 && step.Next == before));

    [Fact]
    public void It_ends_with_an_effect_and_no_other_way() => Holds((before, step, _) =>
        (before.Phase != SubscriptionPhase.Terminated && step.Next.Phase == SubscriptionPhase.Terminated)
        == step.Effects.ToArray().Any(effect => effect is SubscriptionEffect.End));

    [Fact]
    public void One_SUBSCRIBE_is_on_its_way_at_a_time()
    {
        var isOpen = false;
        Holds((before, step, input) =>
        {
            // A history begins with a fresh machine.
            if (before == New())
                isOpen = false;
            if (input is SubscriptionEvent.Answered)
                isOpen = false;
            var asks = step.Effects.ToArray().Count(effect => effect is SubscriptionEffect.Subscribe);
            var isHeld = asks == 0 || (asks == 1 && !isOpen);
            isOpen |= asks > 0;
            return isHeld;
        });
    }

    [Fact]
    public void Who_is_told_when_it_wants_to_be_is_never_told_twice_for_nothing() => Holds((_, step, _) =>
    {
        var next = step.Next.NextInstant;
        if (next == DateTimeOffset.MaxValue)
            return true;
        var told = step.Next.On(TimePassed, next, 0.5);
        return told.Effects.Count > 0 || told.Next.NextInstant > next;
    });

    [Fact]
    public void Nobody_who_has_left_is_told_of_anything() => Prop.ForAll(Arb.From(Histories), history =>
    {
        var (subscription, now, hasLeft) = (New().On(Begun, At(0), 0).Next, At(0), false);
        foreach (var (seconds, input) in history)
        {
            now += TimeSpan.FromSeconds(seconds);
            hasLeft |= input == Abandoned;
            var step = subscription.On(input, now, 0.5);
            if (hasLeft && step.Effects.ToArray().Any(effect => effect is SubscriptionEffect.Tell or SubscriptionEffect.Subscribe { Expires.Ticks: > 0 }))
                return false;
            subscription = step.Next;
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static void Holds(Func<Subscription, Rx.Sip.Runtime.Step<Subscription, SubscriptionEffect>, SubscriptionEvent, bool> holds) => Prop.ForAll(Arb.From(Histories), history =>
    {
        var (subscription, now) = (New(), At(0));
        foreach (var (seconds, input) in history)
        {
            now += TimeSpan.FromSeconds(seconds);
            var step = subscription.On(input, now, 0.5);
            if (!holds(subscription, step, input))
                return false;
            subscription = step.Next;
        }
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
