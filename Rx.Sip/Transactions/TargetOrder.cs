using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>The order in which one request tries its targets. Pure.</summary>
internal static class TargetOrder
{
    /// <summary>
    /// Those that failed lately last; for a request too large for a datagram, streams first; then the preferred one; else the
    /// resolver's order. A stream to the preferred one's address stands in for it.
    /// </summary>
    public static IEnumerable<SipTarget> Arrange(
        IEnumerable<SipTarget> targets, SipTarget? preferred, bool needsStream, Func<SipTarget, bool> hasFailed) => targets
        .OrderBy(hasFailed)
        .ThenBy(target => needsStream && target.Transport == SipTransportType.Udp)
        .ThenBy(target => preferred is null || !(needsStream ? target.EndPoint.Address.Equals(preferred.EndPoint.Address) : target == preferred));
}
