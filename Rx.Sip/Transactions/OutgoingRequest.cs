using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>Cold: each subscription is one exchange of its own. See <see cref="IRequestClient.Request"/>.</summary>
internal sealed class OutgoingRequest(
    TransactionLayer layer, SipRequest request, SipTarget? nextHop, ITargetRoute? route, SipTimers timers) : IObservable<SipResponse>
{
    public IDisposable Subscribe(IObserver<SipResponse> observer)
    {
        var pending = new PendingRequest(layer, request, nextHop, route, timers, observer);
        layer.Mailbox.Post(static (one, _) => ((PendingRequest)one!).Start(), pending, null);
        return pending;
    }
}
