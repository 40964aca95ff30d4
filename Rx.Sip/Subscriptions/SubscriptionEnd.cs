using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Subscriptions;

/// <summary>How a subscription ended.</summary>
/// <param name="Kind">What that means for another one.</param>
/// <param name="Reason">The reason, as a person may read it.</param>
/// <param name="RetryAfter">How long the notifier does not want to be asked again; null when it did not say.</param>
/// <param name="Response">The response that said so; null when none did.</param>
internal sealed record SubscriptionEnd(SubscriptionEndKind Kind, string Reason, TimeSpan? RetryAfter, SipResponse? Response)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    public static SubscriptionEnd Left { get; } = new(SubscriptionEndKind.Left, "unsubscribed", null, null);

    public static SubscriptionEnd NeverNotified { get; } = new(SubscriptionEndKind.Postponed, "no NOTIFY came (timer N)", null, null);

    public static SubscriptionEnd RanOut { get; } = new(SubscriptionEndKind.Renewable, "the subscription ran out", null, null);

    /// <summary>How long to leave the notifier alone at least; at most a day.</summary>
    public TimeSpan Floor => RetryAfter is not { } wait ? TimeSpan.Zero : wait < LongestRetryAfter ? wait : LongestRetryAfter;

    /// <summary>What a refusal of a SUBSCRIBE means (RFC 6665 §4.1.2, RFC 3261 §21).</summary>
    public static SubscriptionEnd Of(SipResponse response) =>
        new(KindOf(response), response.ToString(), response.RetryAfter?.Delay, response);

    /// <summary>What the Subscription-State <c>terminated</c> means by its reason (RFC 6665 §4.1.3).</summary>
    public static SubscriptionEnd Of(SipSubscriptionState terminated)
    {
        var (reason, wait) = (terminated.Reason, terminated.RetryAfter);
        return reason?.ToLowerInvariant() switch
        {
            "deactivated" or "timeout" => new(SubscriptionEndKind.Renewable, reason, null, null),
            "rejected" or "noresource" or "invariant" => new(SubscriptionEndKind.Refused, reason, null, null),
            _ => new(SubscriptionEndKind.Postponed, reason ?? "terminated", wait, null),
        };
    }

    /// <summary>Whether a refusal of a refresh ends the subscription (RFC 6665 §4.1.2.2); with any other it stands as long as it was granted.</summary>
    public static bool Ends(SipResponse refusal) => refusal.StatusCode is 404 or 405 or 410 or 416 or (>= 480 and <= 485) or 489 or 501 or 604;

    private static SubscriptionEndKind KindOf(SipResponse response) => response.StatusCode switch
    {
        SipStatus.BadEvent => SubscriptionEndKind.NotOffered,
        SipStatus.CallOrTransactionDoesNotExist => SubscriptionEndKind.Renewable,
        SipStatus.RequestTimeout or SipStatus.TemporarilyUnavailable or 491 => SubscriptionEndKind.Postponed,
        SipStatus.NotImplemented or 505 or >= 600 => SubscriptionEndKind.Refused,
        >= 500 => SubscriptionEndKind.Postponed,
        // Who says when to come back wants us back (RFC 3261 §20.33).
        _ => response.RetryAfter is null ? SubscriptionEndKind.Refused : SubscriptionEndKind.Postponed,
    };

    /// <summary>The reason.</summary>
    public override string ToString() => Reason;
}
