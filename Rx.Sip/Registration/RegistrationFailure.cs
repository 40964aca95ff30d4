using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>Why a registration does not stand.</summary>
/// <param name="Kind">What kind of failure it is.</param>
/// <param name="Reason">The reason, as a person may read it.</param>
/// <param name="Response">The response that said so; null when there was none.</param>
/// <param name="Error">The exception behind it, for example what the system said when the connection broke; null when there was none.</param>
public sealed record RegistrationFailure(RegistrationFailureKind Kind, string Reason, SipResponse? Response, Exception? Error)
{
    /// <summary>The reason.</summary>
    public override string ToString() => Reason;

    internal static RegistrationFailure NetworkAway { get; } = new(RegistrationFailureKind.Transient, "the network is away", null, null);

    /// <summary>There is no way to the registrar. A certificate that is refused stays so (RFC 5922 §7.4); the rest may pass.</summary>
    internal static RegistrationFailure Unreachable(Exception? error) => error switch
    {
        TlsFailureException { Reason: TlsFailureReason.Other or TlsFailureReason.RemoteDisconnected or TlsFailureReason.TlsNegotiationFailure } =>
            new(RegistrationFailureKind.Transient, error.Message.TrimEnd('.'), null, error),
        TlsFailureException => new(RegistrationFailureKind.Untrusted, error.Message.TrimEnd('.'), null, error),
        _ => new(RegistrationFailureKind.Transient, "the registrar can't be reached", null, error),
    };

    internal static RegistrationFailure RanOut { get; } = new(RegistrationFailureKind.Transient, "the registration ran out", null, null);

    internal static RegistrationFailure NotSendable(Exception error) =>
        new(RegistrationFailureKind.Permanent, $"no REGISTER can be made: {error.Message}", null, error);

    internal static RegistrationFailure NothingGranted(SipResponse response) =>
        new(RegistrationFailureKind.Transient, "the registrar granted no time", response, null);

    internal static RegistrationFailure Displaced(SipResponse response) =>
        new(RegistrationFailureKind.Displaced, "the registrar holds the user's other devices, but not this one any more", response, null);

    /// <summary>The registrar has taken the binding away by itself.</summary>
    internal static RegistrationFailure Evicted(RegistrationFailureKind kind, string reason) => new(kind, reason, null, null);

    internal static RegistrationFailure ConnectionLost(Exception? error) =>
        new(RegistrationFailureKind.Transient, error is null ? "the connection was closed" : $"the connection broke: {error.Message}", null, error);

    /// <summary>What a response that is no success means (RFC 3261 §10.2.8, §21).</summary>
    internal static RegistrationFailure From(SipResponse response) => new(KindOf(response), response.ToString(), response, null);

    private static RegistrationFailureKind KindOf(SipResponse response) => response.StatusCode switch
    {
        SipStatus.Unauthorized or SipStatus.ProxyAuthenticationRequired => RegistrationFailureKind.Credentials,
        SipStatus.Forbidden or SipStatus.IntervalTooBrief => RegistrationFailureKind.Policy,
        301 or 302 or 305 => RegistrationFailureKind.Moved,
        SipStatus.NotFound or < 400 => RegistrationFailureKind.Permanent,
        // 430: the flow failed (RFC 5626 §11.5); 491: somebody else's request is at work.
        SipStatus.RequestTimeout or 430 or SipStatus.TemporarilyUnavailable or 491 or >= 500 => RegistrationFailureKind.Transient,
        // Who says when to come back wants us back (RFC 3261 §20.33).
        _ => response.RetryAfter is null ? RegistrationFailureKind.Permanent : RegistrationFailureKind.Transient,
    };
}
