using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>
/// Requests go to where each says itself. It remembers nothing: every request draws its own lot among servers of equal priority, so that
/// each gets its share (RFC 2782).
/// </summary>
internal sealed class UriRoute(TransactionLayer layer) : ITargetRoute
{
    public SipTarget? Settled(SipRequest request) => null;

    public bool GoesOn(SipRequest request) => true;

    // RFC 3261 §18.1.1: a URI that names UDP gets it, whatever the size.
    public TargetWalk? Walk(SipRequest request, ITargetWalker walker) => NextHop.Of(request, layer.Transports) is { } query
        ? new TargetWalk(layer, query, walker) { NeedsStream = query.Transport is null && NextHop.NeedsStream(request) }
        : null;

    public void Worked(SipTarget target)
    {
    }
}
