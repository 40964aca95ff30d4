using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Transactions;

namespace Rx.Sip;

/// <summary>What the settings of all endpoints share.</summary>
public abstract class RealTimeEndpointSettings
{
    private protected RealTimeEndpointSettings()
    {
    }

    [SetsRequiredMembers]
    private protected RealTimeEndpointSettings(string uri) => Uri = uri;

    /// <summary>The address-of-record, for example <c>sip:alice@example.test</c>. Setting throws <see cref="FormatException"/> when it is no SIP address.</summary>
    public required string Uri
    {
        get;
        init
        {
            Address = new RealTimeAddress(value);
            field = value;
        }
    }

    /// <summary>The name shown to others. Default: the one in <see cref="Uri"/>, if it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The User-Agent value. Default: the platform's, or <c>Rx.Sip</c>.</summary>
    public string? ApplicationUserAgent { get; init; }

    /// <summary>
    /// What tells this endpoint from the user's other ones. Default: made up, ten characters. Setting throws
    /// <see cref="ArgumentException"/> unless it is made of letters, digits, hyphens, dots and underscores.
    /// </summary>
    public string? EndpointId
    {
        get;
        init
        {
            // It becomes a parameter of URIs.
            if (value is not null && (value.Length == 0 || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')))
                throw new ArgumentException($"'{value}' can't be an endpoint's id.", nameof(value));
            field = value;
        }
    }

    /// <summary>Whether transactions are limited to <see cref="MaxConcurrentTransactions"/> at a time. Default: true.</summary>
    public bool IsEndpointThrottled { get; init; } = true;

    /// <summary>Transactions at a time while throttled; the others wait in order. Default: 20, as in UCMA.</summary>
    public int MaxConcurrentTransactions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 20;

    /// <summary>Requests that may wait for their turn; more are answered with a local 503. Default: 100,000.</summary>
    public int MaxQueuedRequests
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 100_000;

    /// <summary>Who answers what the application leaves unanswered. Default: the endpoint.</summary>
    public AutoRespond AutoRespond { get; init; }

    /// <summary>
    /// The timers of RFC 3261 §17 of what this endpoint sends, registration included. Default: null, which means the platform's, without one
    /// those of the connection manager's first endpoint, which are the manager's timers of all answers, else the RFC's.
    /// </summary>
    public SipTimers? Timers { get; init; }

    internal RealTimeAddress Address { get; private init; } = null!;
}
