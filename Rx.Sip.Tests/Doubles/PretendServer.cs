using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;

namespace Rx.Sip.Tests.Doubles;

/// <summary>The far side of an <see cref="IRequestClient"/>: notes every request and answers it as the test says.</summary>
internal sealed class PretendServer(Func<SipRequest, IObservable<SipResponse>> answer) : IRequestClient
{
    public PretendServer(Func<SipRequest, SipResponse> answer) : this(request => Observable.Return(answer(request)))
    {
    }

    public List<SipRequest> Requests { get; } = [];

    /// <summary>Transactions begun and neither answered nor abandoned.</summary>
    public int Open { get; private set; }

    public IObservable<SipResponse> Request(SipRequest request) => Observable.Defer(() =>
    {
        Requests.Add(request);
        Open++;
        return answer(request).Finally(() => Open--);
    });
}
