using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>The transaction layer as a client of requests to one next hop, or along a route.</summary>
internal sealed class LayerClient(TransactionLayer layer, SipTarget? nextHop, ITargetRoute? route, SipTimers timers) : IRequestClient
{
    public IObservable<SipResponse> Request(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new PendingRequest(layer, request, nextHop, route, timers);
    }
}
