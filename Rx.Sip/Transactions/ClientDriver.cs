using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>A client transaction at work. With its final response it lets go of everything but its key and the ACK it may have to send again.</summary>
internal abstract class ClientDriver(TransactionLayer layer, Flow flow, ClientKey key, SipRequest request, PendingRequest? owner)
    : TransactionDriver(layer, flow)
{
    private SipRequest? _request = request;
    private SipRequest? _ack;
    private PendingRequest? _owner = owner;
    // Ringing may take longer than a connection may be idle.
    private IDisposable? _hold = request.Method == SipMethod.Invite && flow.IsReliable ? flow.Hold() : null;

    public ClientKey Key => key;

    /// <summary>How many Via values the request left with: one, unless it is being passed on for somebody.</summary>
    public int Vias { get; } = ViaSyntax.Count(request.Frame);

    /// <summary>Those that wait for a response over the same flow.</summary>
    public ClientDriver? NextOnFlow { get; set; }

    public ClientDriver? PreviousOnFlow { get; set; }

    /// <summary>
    /// Whether only Timer K is left. All it would do is to absorb repetitions of the response, and one that finds no transaction
    /// is dropped as well; so nobody waits for it.
    /// </summary>
    protected bool IsForgettable { get; private set; }

    protected void Perform(ReadOnlySpan<TransactionEffect> effects)
    {
        foreach (ref readonly var effect in effects)
            Perform(effect);
    }

    /// <summary>The transaction is over.</summary>
    protected void End()
    {
        Release();
        _ack = null;
        Layer.Clients.Remove(this);
    }

    private void Perform(in TransactionEffect effect)
    {
        switch (effect.Kind)
        {
            case TransactionEffectKind.Transmit:
                Flow.Send(_request!);
                break;
            case TransactionEffectKind.Acknowledge:
                Flow.Send(_ack ??= HopByHop.Acknowledge(_request!, effect.Response));
                break;
            case TransactionEffectKind.Cancel:
                Layer.Cancel(this, HopByHop.Cancel(_request!));
                break;
            case TransactionEffectKind.Deliver:
                Deliver(effect.Response);
                break;
            case TransactionEffectKind.Fail:
                Fail(effect.Status);
                break;
            case TransactionEffectKind.PassUp:
                Release();
                Layer.Guarded.OnStrayResponse(Flow, effect.Response);
                break;
            case TransactionEffectKind.Start when effect.Timer == TimerId.K:
                IsForgettable = true;
                break;
            case TransactionEffectKind.Start:
                Start(effect.Timer, effect.After);
                break;
            case TransactionEffectKind.Stop:
                StopTimers();
                break;
        }
    }

    private void Deliver(SipResponse response)
    {
        var owner = _owner;
        if (response.IsFinal)
            Release();
        owner?.OnResponse(response);
    }

    private void Fail(int status)
    {
        var owner = _owner;
        Release();
        owner?.OnFailure(status, Flow.Cause);
    }

    private void Release()
    {
        if (_request is null)
            return;
        (_request, _owner) = (null, null);
        _hold?.Dispose();
        _hold = null;
        Layer.Clients.StopWaiting(this);
    }
}
