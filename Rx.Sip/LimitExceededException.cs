using Rx.Sip.Diagnostics;

namespace Rx.Sip;

/// <summary>A peer asked for more than a connection manager allows, and its connection was refused or closed for that.</summary>
public sealed class LimitExceededException : SipException
{
    internal LimitExceededException(TrafficLimit limit, string message) : base(message, null) => Limit = limit;

    /// <summary>What was exceeded.</summary>
    public TrafficLimit Limit { get; }
}
