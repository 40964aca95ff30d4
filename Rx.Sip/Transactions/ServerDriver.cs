using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Transactions;

/// <summary>A server transaction at work. With its final response it lets go of the request; of the response it keeps the octets while they may have to be sent again.</summary>
internal abstract class ServerDriver(TransactionLayer layer, Flow flow, byte[] key) : TransactionDriver(layer, flow)
{
    private ReadOnlyMemory<byte> _last;
    private IDisposable? _hold;
    private ulong _claim;
    private bool _isClaimed;
    private Via? _movedTo;

    public byte[] Key => key;

    /// <summary>The transaction as its user has it; null once the final response is sent.</summary>
    public ServerTransaction? Open { get; private set; }

    /// <summary>Whether only Timer J is left, which <see cref="AnsweredRequests"/> waits for.</summary>
    protected bool IsAnswered { get; private set; }

    public ServerTransaction Begin(SipRequest request)
    {
        Open = new ServerTransaction(Layer.Mailbox, Layer.Identifiers, this, request);
        // Ringing may take longer than a connection may be idle.
        if (request.Method == SipMethod.Invite && Flow.IsReliable)
            _hold = Flow.Hold();
        Handle(new TransactionEvent(TransactionEventKind.Started));
        return Open;
    }

    /// <summary>
    /// The request came again. A NAT may have given its sender another port meanwhile: from now on everything goes to where it was heard last, for
    /// what is sent to the old one is lost (RFC 3581 §4).
    /// </summary>
    public void HearAgain(Flow flow, SipRequest request)
    {
        if (Moved(Flow, flow))
            (Flow, _movedTo) = (flow, request.TopVia);
        Handle(new TransactionEvent(TransactionEventKind.Retransmission));
    }

    /// <summary>Whether a sender of datagrams has another address than before.</summary>
    public static bool Moved(Flow before, Flow now) => !now.IsReliable && !now.RemoteEndPoint.Equals(before.RemoteEndPoint);

    /// <summary>Claims the request for a user agent, as long as the transaction lasts; false when it came another way before (RFC 3261 §8.2.2.2).</summary>
    public bool TryClaim(ulong scope, bool lasts)
    {
        if (_isClaimed || Open is not { } open)
            return true;
        Layer.Ongoing.Forget(Layer.Timers.Elapsed);
        if (!Layer.Ongoing.TryClaim(open.Request, scope, out _claim))
            return false;
        _isClaimed = true;
        if (lasts)
        {
            Layer.Ongoing.Keep(_claim, Layer.Timers.Elapsed + Layer.DefaultTimers.Timeout);
            _claim = OngoingRequests.None;
        }
        return true;
    }

    protected void Perform(ReadOnlySpan<TransactionEffect> effects)
    {
        foreach (ref readonly var effect in effects)
            Perform(effect);
    }

    /// <summary>The transaction is over.</summary>
    protected void End()
    {
        Release();
        _last = default;
        Layer.Ongoing.Release(_claim);
        Layer.Servers.Remove(this);
    }

    private void Perform(in TransactionEffect effect)
    {
        switch (effect.Kind)
        {
            case TransactionEffectKind.Transmit:
                Transmit(effect.Response);
                break;
            case TransactionEffectKind.Repeat:
                Repeat();
                break;
            case TransactionEffectKind.Try:
                Send(SipResponse.For(Open!.Request, SipStatus.Trying, null, null));
                break;
            case TransactionEffectKind.PassUp:
                Layer.Guarded.OnAck(Flow, (SipRequest)effect.Message!);
                break;
            case TransactionEffectKind.GiveUp:
                Layer.Guarded.OnUnanswered(Open!);
                break;
            case TransactionEffectKind.Start when effect.Timer == TimerId.J:
                IsAnswered = true;
                Layer.Answered.Add(key, Flow, _last.Span, _claim);
                _claim = OngoingRequests.None;
                break;
            case TransactionEffectKind.Start:
                Start(effect.Timer, effect.After);
                break;
            case TransactionEffectKind.Stop:
                StopTimers();
                break;
        }
    }

    private void Transmit(SipResponse response)
    {
        if (response.IsFinal)
            Release();
        _last = response.Bytes;
        Send(response);
    }

    // Rarely needed, so a lingering transaction keeps the octets alone and not what was read from them.
    private void Repeat()
    {
        if (SipParser.TryParse(_last.Span, out var message, out _) && message is SipResponse response)
            Send(response);
    }

    private void Send(SipResponse response) => Flow.Send(_movedTo is null ? response : response.WithTopVia(_movedTo));

    private void Release()
    {
        Open = null;
        _hold?.Dispose();
        _hold = null;
    }
}
