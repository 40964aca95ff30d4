using System.Net;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports.Liveness;

/// <summary>
/// Keeps one flow alive and notices its failure: CRLF over streams (RFC 5626 §4.4.1), STUN over datagrams (§4.4.2), whose requests
/// are repeated as RFC 5389 §7.2.1 says. Pure. A stream's peer that promised nothing is sent pings all the same, and
/// once it has answered one, it is held to that.
/// </summary>
internal sealed record KeepAliveMachine(bool IsReliable)
{
    private const int Attempts = 7;
    private static readonly TimeSpan PongTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(500);

    /// <summary>The terms.</summary>
    public KeepAliveTerms Terms { get; private init; } = KeepAliveTerms.Default(IsReliable);

    /// <summary>How often the sign of life that waits for its answer was sent; 0 when none waits.</summary>
    public int Sent { get; private init; }

    /// <summary>Our address as the peer sees it; null while it did not say.</summary>
    public IPEndPoint? Mapped { get; private init; }

    private bool HasAnswered { get; init; }

    private bool IsAnswerDue => Terms.IsAgreed || (IsReliable && HasAnswered);

    private bool IsProbed => IsReliable || Terms.IsAgreed;

    /// <summary>The machine after an event.</summary>
    public Step<KeepAliveMachine, KeepAliveEffect> On(KeepAliveEvent input, double jitter) => (Sent, input) switch
    {
        (0, KeepAliveEvent.Agreed(var terms)) => Rest(this with { Terms = terms }, jitter),
        (_, KeepAliveEvent.Agreed(var terms)) => new(this with { Terms = terms }),
        (0, KeepAliveEvent.Rang) when IsAnswerDue => Probe(),
        (0, KeepAliveEvent.Rang) when IsProbed => new(this, KeepAliveEffect.Probe, KeepAliveEffect.Ring(Terms.Interval(jitter))),
        (0, KeepAliveEvent.Suspected) when IsAnswerDue => Probe(),
        ( > 0, KeepAliveEvent.Rang) when !IsReliable && Sent < Attempts => Repeat(),
        ( > 0, KeepAliveEvent.Rang or KeepAliveEvent.Refused) => new(this, KeepAliveEffect.Fail),
        // What STUN said counts for more: a peer that says two things would have us register for ever.
        (_, KeepAliveEvent.Seen(var mapped)) => new(this with { Mapped = Mapped ?? mapped }),
        (0, KeepAliveEvent.Answered) => new(this with { HasAnswered = true }),
        (_, KeepAliveEvent.Answered(var mapped)) => Answered(mapped, jitter),
        _ => new(this), // late or stray: absorbed
    };

    private Step<KeepAliveMachine, KeepAliveEffect> Probe() =>
        new(this with { Sent = 1 }, KeepAliveEffect.Probe, KeepAliveEffect.Ring(IsReliable ? PongTime : RoundTrip));

    // 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s, and the last one is waited for 16 round trips.
    private Step<KeepAliveMachine, KeepAliveEffect> Repeat() =>
        new(this with { Sent = Sent + 1 }, KeepAliveEffect.Repeat, KeepAliveEffect.Ring(RoundTrip * (Sent + 1 == Attempts ? 16 : 1 << Sent)));

    private Step<KeepAliveMachine, KeepAliveEffect> Answered(IPEndPoint? mapped, double jitter)
    {
        var next = this with { Sent = 0, HasAnswered = true, Mapped = mapped ?? Mapped };
        return Mapped is null || next.Mapped!.Equals(Mapped)
            ? Rest(next, jitter)
            : new(next, KeepAliveEffect.Move, KeepAliveEffect.Ring(Terms.Interval(jitter)));
    }

    private static Step<KeepAliveMachine, KeepAliveEffect> Rest(KeepAliveMachine next, double jitter) =>
        next.IsProbed ? new(next, KeepAliveEffect.Ring(next.Terms.Interval(jitter))) : new(next);
}
