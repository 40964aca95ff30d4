using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>A request that answers challenges; each subscription is an exchange of its own.</summary>
internal sealed class AuthenticatedRequest(AuthenticatingClient client, SipRequest request) : IObservable<SipResponse>
{
    public IDisposable Subscribe(IObserver<SipResponse> observer)
    {
        var exchange = new AuthenticatedExchange(client, observer);
        exchange.Start(request);
        return exchange;
    }
}
