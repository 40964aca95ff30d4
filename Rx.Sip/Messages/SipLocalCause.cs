namespace Rx.Sip.Messages;

/// <summary>Why a response is our own conclusion and no peer's: see <see cref="SipResponse.LocalCause"/>.</summary>
public enum SipLocalCause
{
    /// <summary>Nobody answered in time: 408 (RFC 3261 §8.1.3.1).</summary>
    TimedOut,

    /// <summary>The connection broke, could not be had, or the name is unknown: 503 (RFC 3261 §8.1.3.1).</summary>
    TransportFailed,

    /// <summary>The connection could not be had because the peer was not trusted, or TLS failed otherwise: 503, whose reason phrase says why.</summary>
    TlsFailed,

    /// <summary>Too many requests waited for their turn at the endpoint's throttle, or for their answer over the connection: 503, and nothing was sent.</summary>
    Throttled,

    /// <summary>The server asked for less, and this request was one too many: 503, and nothing was sent (RFC 7339 §5.10).</summary>
    Overload,

    /// <summary>The endpoint ended: 503.</summary>
    EndpointTerminated,
}
