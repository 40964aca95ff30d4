using System.Reactive.Linq;
using Rx.Sip.Messages;

namespace Rx.Sip.Transactions;

/// <summary>Lets requests wait for their turn at a pace that many clients share. What ends something (<c>Expires: 0</c>) does not wait.</summary>
internal sealed class PacedClient(IRequestClient inner, RequestPace pace) : IRequestClient
{
    public IObservable<SipResponse> Request(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Expires == TimeSpan.Zero ? inner.Request(request) : pace.Turn().SelectMany(_ => inner.Request(request));
    }
}
