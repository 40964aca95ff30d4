using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Headers;

/// <summary>Subscription-State: how a subscription stands, as its notifier says (RFC 6665 §8.2.3).</summary>
/// <param name="State"><c>active</c>, <c>pending</c>, <c>terminated</c> or an extension.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record SipSubscriptionState(string State, SipParameters Parameters)
{
    /// <summary>The same without parameters.</summary>
    public SipSubscriptionState(string state) : this(state, SipParameters.Empty)
    {
    }

    /// <summary>Accepted, and in force.</summary>
    public bool IsActive => Is("active");

    /// <summary>Not decided on yet.</summary>
    public bool IsPending => Is("pending");

    /// <summary>Over; <see cref="Reason"/> says why.</summary>
    public bool IsTerminated => Is("terminated");

    /// <summary>How long it goes on from now.</summary>
    public TimeSpan? Expires => Parameters.Seconds("expires");

    /// <summary>Why it is over: <c>deactivated</c>, <c>probation</c>, <c>rejected</c>, <c>timeout</c>, <c>giveup</c>, <c>noresource</c>, <c>invariant</c>.</summary>
    public string? Reason => Parameters.Get("reason");

    /// <summary>How long to wait before subscribing again.</summary>
    public TimeSpan? RetryAfter => Parameters.Seconds("retry-after");

    /// <summary>The same with one parameter set; a null value makes a flag.</summary>
    public SipSubscriptionState WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>Reads a Subscription-State value; false when the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipSubscriptionState? value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a Subscription-State value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static SipSubscriptionState Parse(string text) => HeaderText.Parse<SipSubscriptionState>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipSubscriptionState? value)
    {
        value = HeaderText.TrySplit(text, out string? token, out var parameters) ? new SipSubscriptionState(token, parameters) : null;
        return value is not null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => State + Parameters;

    private bool Is(string state) => string.Equals(State, state, StringComparison.OrdinalIgnoreCase);
}
