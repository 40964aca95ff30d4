using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Subscriptions;
using Rx.Sip.Tests.Doubles;

namespace Rx.Sip.Tests.Subscriptions;

/// <summary>Events that subscriptions are given, and the words that tables have for them.</summary>
internal static class SubscriptionGiven
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(32);

    public static readonly SubscriptionEvent Begun = new SubscriptionEvent.Begun();
    public static readonly SubscriptionEvent TimePassed = new SubscriptionEvent.TimePassed();
    public static readonly SubscriptionEvent RefreshWanted = new SubscriptionEvent.RefreshWanted();
    public static readonly SubscriptionEvent Abandoned = new SubscriptionEvent.Abandoned();

    public static SubscriptionEvent Answer(int status) => new SubscriptionEvent.Answered(Say.Request(SipMethod.Subscribe).Answer(status));

    public static SubscriptionEvent Answer(int status, string header, string value) =>
        new SubscriptionEvent.Answered(Say.Request(SipMethod.Subscribe).Answer(status).WithHeader(header, value));

    public static SubscriptionEvent Notify(string state) => new SubscriptionEvent.Notified(SipSubscriptionState.Parse(state));

    public static Subscription New() => new(Hour, Timeout);

    /// <summary>The subscription after these events, each at that many seconds, with a jitter of a half.</summary>
    public static Subscription After(params (double At, SubscriptionEvent Input)[] inputs) =>
        inputs.Aggregate(New(), (so, one) => so.On(one.Input, At(one.At), 0.5).Next);

    public static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds);

    public static string Name(SubscriptionEffect effect) => effect switch
    {
        SubscriptionEffect.Subscribe { Expires: var time } => FormattableString.Invariant($"SUBSCRIBE {time.TotalSeconds:0}"),
        SubscriptionEffect.Tell => "tell",
        SubscriptionEffect.End { Cause: var cause } => $"end {cause.Kind}{(cause.RetryAfter is { } wait ? FormattableString.Invariant($" {wait.TotalSeconds:0}") : "")}",
        _ => throw new ArgumentException("There are three effects.", nameof(effect)),
    };

    /// <summary>When it wants to be told next, in seconds.</summary>
    public static string Next(Subscription subscription) => subscription.NextInstant == DateTimeOffset.MaxValue
        ? "-"
        : (subscription.NextInstant - DateTimeOffset.UnixEpoch).TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
}
