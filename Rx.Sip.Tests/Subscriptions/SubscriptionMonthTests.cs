using Rx.Sip.Subscriptions;
using Xunit;
using static Rx.Sip.Tests.Subscriptions.SubscriptionGiven;

namespace Rx.Sip.Tests.Subscriptions;

/// <summary>A month of a subscription that is told the time when it wants to be, answered a second later and notified another second later.</summary>
public class SubscriptionMonthTests
{
    private const int Month = 30 * 24 * 3600;

    [Theory]
    // Refreshed at 60 % of an hour behind its grant, which comes a second behind the request.
    [InlineData(0.25, 2161)]
    [InlineData(0, 1801)]
    // Not at 90 %, for then there would not be time to fail.
    [InlineData(1, 3241)]
    public void Every_refresh_of_a_month_comes_to_the_second(double jitter, int interval)
    {
        var asked = Play(jitter, _ => Answer(200));
        Assert.Equal(Enumerable.Range(0, Month / interval + 1).Select(number => (double)number * interval), asked.Select(at => Math.Round(at)));
    }

    [Fact]
    public void A_notifier_that_is_away_for_a_day_in_every_week_is_asked_as_the_backoff_has_it_and_costs_a_new_subscription_each_time()
    {
        var ends = 0;
        var asked = Play(0.5, at => at % (7 * 24 * 3600) < 24 * 3600 && at > 24 * 3600 ? Answer(503) : Answer(200), () => ends++);
        // Of the four weeks behind the first day the notifier is away on four: each day the granted hour runs out once.
        Assert.Equal(4, ends);
        Assert.True(asked.Zip(asked.Skip(1), (one, next) => next - one).All(wait => wait >= 15));
        // 26 days by the refreshes; each of the four days that it is away costs those of one hour.
        Assert.InRange(asked.Count, 26 * 24 * 3600 / 2600, 26 * 24 * 3600 / 2400 + 4 * 10);
    }

    private static List<double> Play(double jitter, Func<double, SubscriptionEvent> answer, Action? ended = null)
    {
        var (asked, at, subscription) = (new List<double>(), 0.0, New());
        var step = subscription.On(Begun, At(0), jitter);
        while (at < Month)
        {
            subscription = step.Next;
            if (step.Effects.ToArray().Any(effect => effect is SubscriptionEffect.Subscribe))
            {
                asked.Add(at);
                var response = answer(at);
                subscription = subscription.On(response, At(at + 1), jitter).Next;
                if (((SubscriptionEvent.Answered)response).Response.IsSuccess)
                    subscription = subscription.On(Notify("active;expires=3600"), At(at + 2), jitter).Next;
                at += 2;
            }
            if (subscription.Phase == SubscriptionPhase.Terminated)
            {
                ended?.Invoke();
                // Another one follows as soon as the notifier is there again; who paces it is not the subscription.
                while (!((SubscriptionEvent.Answered)answer(at)).Response.IsSuccess)
                    at += 60;
                subscription = New();
                step = subscription.On(Begun, At(at), jitter);
                continue;
            }
            at = (subscription.NextInstant - At(0)).TotalSeconds;
            step = subscription.On(TimePassed, subscription.NextInstant, jitter);
        }
        return asked;
    }
}
