using System.Globalization;
using System.Reactive.Linq;
using Rx.Sip.Dialogs;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Runtime;
using Rx.Sip.Transactions;

namespace Rx.Sip.Subscriptions;

/// <summary>
/// Does what one <see cref="Subscription"/> wants: sends its SUBSCRIBEs, answers its NOTIFYs, and is its timer. Of several notifiers that a forked
/// SUBSCRIBE has reached the first to notify is watched; the others are told that there is nothing (RFC 6665 §4.1.4). In the protocol mailbox.
/// </summary>
internal sealed class SubscriptionRun(Subscriber subscriber, IRequestClient client, WatchRequest watch, IObserver<SubscriptionNews> observer) : Alarm, IDialogUser
{
    private readonly NameAddress _from = watch.From.WithTag(subscriber.Identifiers.Tag());
    private readonly string _callId = subscriber.Identifiers.CallId();
    private Subscription _machine = new(watch.Expires, watch.Timeout);
    private Dialog? _dialog;
    private SipRequest? _notify;
    private IDisposable? _request;
    private uint _sequence;
    private bool _isNotified;
    private bool _isAbandoned;
    private bool _isOver;

    public IRequestClient Client => client;

    private DialogSetId Id => new(_callId, _from.Tag!);

    public void Start()
    {
        subscriber.Add(this);
        subscriber.Dialogs.Add(Id, this);
        Handle(new SubscriptionEvent.Begun());
    }

    public void Refresh() => Handle(new SubscriptionEvent.RefreshWanted());

    public void Abandon()
    {
        _isAbandoned = true;
        Handle(new SubscriptionEvent.Abandoned());
    }

    /// <summary>Ends without a word to anybody.</summary>
    public void Forget()
    {
        _isAbandoned = true;
        Release();
    }

    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethod.Notify)
            transaction.Respond(SipResponse.For(request, SipStatus.MethodNotAllowed, null, transaction.LocalTag).WithHeader("Allow", SipMethod.Notify.Name));
        else if (request.Get(HeaderFields.Event)?.Package != watch.Event.Package)
            transaction.Respond(SipResponse.For(request, SipStatus.BadEvent, null, transaction.LocalTag).WithHeader("Allow-Events", watch.Event.Package));
        else if (request.Get(HeaderFields.Event)!.Id != watch.Event.Id || (_isNotified && request.From?.Tag != _dialog!.Remote.Tag))
            transaction.Respond(SipStatus.CallOrTransactionDoesNotExist);
        else if (request.Get(HeaderFields.SubscriptionState) is not { } state)
            transaction.Respond(SipStatus.BadRequest);
        else
            Hear(transaction, state);
    }

    internal override void Ring() => Handle(new SubscriptionEvent.TimePassed());

    private void Hear(ServerTransaction transaction, SipSubscriptionState state)
    {
        // What the first NOTIFY says of the way counts, not what the success of the SUBSCRIBE said (RFC 6665 §4.4.1).
        var next = _isNotified ? _dialog!.Hear(transaction.Request) : Dialog.OfNotify(_from, _sequence, transaction.Request);
        if (next is null)
        {
            transaction.Respond(_isNotified ? SipStatus.ServerInternalError : SipStatus.BadRequest);
            return;
        }
        transaction.Respond(SipStatus.Ok);
        (_dialog, _notify) = (next, transaction.Request);
        Handle(new SubscriptionEvent.Notified(state));
        _isNotified = true;
    }

    private void Handle(SubscriptionEvent input)
    {
        if (_isOver)
            return;
        var step = _machine.On(input, subscriber.Now, subscriber.Identifiers.Fraction());
        _machine = step.Next;
        foreach (var effect in step.Effects.ToArray())
            Perform(effect, input);
        Arm();
    }

    private void Arm()
    {
        if (_isOver || _machine.NextInstant == DateTimeOffset.MaxValue)
            subscriber.Alarms.Stop(this);
        else
            subscriber.Alarms.Set(this, _machine.NextInstant - subscriber.Now);
    }

    private void Perform(SubscriptionEffect effect, SubscriptionEvent cause)
    {
        switch (effect)
        {
            case SubscriptionEffect.Subscribe ask:
                Subscribe(ask.Expires);
                break;
            case SubscriptionEffect.Tell when !_isAbandoned:
                observer.OnNext(new SubscriptionNews.Notified(_notify!, ((SubscriptionEvent.Notified)cause).State, !_isNotified));
                break;
            case SubscriptionEffect.End end:
                Release();
                Tell(end.Cause);
                break;
        }
    }

    private void Subscribe(TimeSpan expires)
    {
        if (Write(expires) is not { } request)
        {
            // There is nobody to take leave of: the success named nobody, and no NOTIFY came.
            Handle(new SubscriptionEvent.Answered(SipResponse.Local(First(), SipStatus.CallOrTransactionDoesNotExist, null)));
            return;
        }
        _request = client.Request(request)
            .Catch((Exception _) => Observable.Empty<SipResponse>())
            .Concat(Observable.Return(SipResponse.Local(request, SipStatus.ServiceUnavailable, null)))
            .FirstAsync(response => response.IsFinal)
            .Subscribe(response => subscriber.Mailbox.Post(() => Hear(request, response)));
    }

    private void Hear(SipRequest request, SipResponse response)
    {
        _sequence = Math.Max(_sequence, response.CSeq?.Number ?? 0);
        _dialog = _dialog is not { } dialog ? Dialog.OfClient(request, response)
            // Of another notifier that the SUBSCRIBE was forked to, only the number counts.
            : dialog.Remote.Tag != response.To?.Tag ? dialog with { LocalSequence = Math.Max(dialog.LocalSequence, _sequence) }
            : dialog.Hear(response);
        Handle(new SubscriptionEvent.Answered(response));
    }

    private SipRequest? Write(TimeSpan expires)
    {
        var isLeave = expires == TimeSpan.Zero;
        _dialog = _dialog?.Advanced();
        _sequence = _dialog?.LocalSequence ?? _sequence + 1;
        if (isLeave && _dialog is null)
            return null;
        var request = (_dialog is { } dialog && (_isNotified || isLeave) ? dialog.Write(SipMethod.Subscribe) : First())
            .With(HeaderFields.Event, watch.Event)
            .WithHeader("Expires", ((long)expires.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            .WithHeader("Accept", watch.Accept);
        return watch.Headers.Aggregate(request, (so, header) => so.WithAddedHeader(header.Name, header.Value));
    }

    private SipRequest First() =>
        SipRequest.Create(SipMethod.Subscribe, watch.Target, _from, new NameAddress(watch.Target), _callId, Math.Max(_sequence, 1));

    private void Release()
    {
        _isOver = true;
        subscriber.Alarms.Stop(this);
        _request?.Dispose();
        subscriber.Dialogs.Remove(Id);
        subscriber.Remove(this);
    }

    private void Tell(SubscriptionEnd cause)
    {
        if (_isAbandoned)
            return;
        observer.OnNext(new SubscriptionNews.Ended(cause));
        observer.OnCompleted();
    }
}
