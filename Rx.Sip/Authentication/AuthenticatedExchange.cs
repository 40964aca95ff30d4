using System.Reactive.Disposables;
using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>
/// One request with all its repetitions. Observes the transaction itself, so that on the good way a response passes through one
/// comparison; after a challenge it waits for the transaction to complete, as it does at once, and begins the next.
/// </summary>
internal sealed class AuthenticatedExchange(AuthenticatingClient client, IObserver<SipResponse> observer) : IObserver<SipResponse>, IDisposable
{
    private readonly SerialDisposable _transaction = new();
    private AuthenticationAttempts? _attempts;
    private Association? _used;
    private SipRequest? _sent;
    private SipRequest? _next;

    /// <summary>Sends the request with the credentials that are known to be wanted.</summary>
    public void Start(SipRequest request)
    {
        var first = client.Associations.Preauthorize(request, out _used);
        if (_used is not null)
            client.Challenged();
        Send(first);
    }

    public void OnNext(SipResponse value)
    {
        AuthenticationStep.GiveUp? failure = null;
        if (value.StatusCode is SipStatus.Unauthorized or SipStatus.ProxyAuthenticationRequired && TryAnswer(value, out failure))
            return;
        if (value.IsFinal)
            Conclude(value, failure);
        observer.OnNext(value);
    }

    public void OnError(Exception error) => observer.OnError(error);

    public void OnCompleted()
    {
        if (_next is null)
        {
            observer.OnCompleted();
            return;
        }
        var next = _next;
        _next = null;
        Send(next);
    }

    public void Dispose() => _transaction.Dispose();

    private bool TryAnswer(SipResponse challenge, out AuthenticationStep.GiveUp? failure)
    {
        client.Challenged();
        var step = client.Associations.Answer(_sent!, challenge, _attempts ??= new());
        failure = step as AuthenticationStep.GiveUp;
        if (step is AuthenticationStep.Again again)
            (_next, _used) = (again.Request, again.Association);
        return failure is null;
    }

    private void Conclude(SipResponse final, AuthenticationStep.GiveUp? failure)
    {
        if (failure is null && _used is null)
            client.Concluded(AuthenticationOutcome.Open);
        else
            client.Concluded(new AuthenticationOutcome(
                _used?.Protocol ?? default, _used?.Security.Mechanism, failure?.Realm ?? _used?.Realm.Name, failure?.Reason,
                _used is null ? default : client.Associations.Hear(_sent!, final)));
    }

    private void Send(SipRequest request)
    {
        _sent = request;
        // In its place before it runs: a transaction that answers at once begins its successor inside Subscribe.
        var transaction = new SingleAssignmentDisposable();
        _transaction.Disposable = transaction;
        if (!transaction.IsDisposed)
            transaction.Disposable = client.Inner.Request(request).Subscribe(this);
    }
}
