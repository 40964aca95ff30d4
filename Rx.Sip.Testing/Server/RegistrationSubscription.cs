using System.Globalization;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Dialogs;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>Somebody who is told of a user's bindings. One NOTIFY is on its way at a time; what changes meanwhile is in the next one.</summary>
internal sealed class RegistrationSubscription(RegistrationNotifier notifier, Dialog dialog, ServerRequest first, string user) : IDisposable
{
    private readonly RegistrationDocument _document = new(notifier.AorOf(user));
    private readonly SipEvent _event = first.Request.Get(HeaderFields.Event)!;
    private readonly SerialDisposable _expiry = new();
    private readonly SerialDisposable _notify = new();
    private Flow _flow = first.Flow;
    private Dialog _dialog = dialog;
    private DateTimeOffset _until;
    private string? _ending;
    private bool _isFull;
    private bool _isBusy;
    private bool _isDue;

    public DialogSetId Id => _dialog.Id.Set;

    public string User => user;

    public void Begin(TimeSpan time)
    {
        _until = notifier.Now + time;
        _isFull = true;
        _ending = time > TimeSpan.Zero ? null : "timeout";
        _expiry.Disposable = time > TimeSpan.Zero ? notifier.At(_until, Expire) : null;
        Notify();
    }

    /// <summary>A SUBSCRIBE of the dialog: more time, or none any more; either way all there is is told.</summary>
    public void Renew(ServerRequest incoming, TimeSpan time)
    {
        if (_dialog.Hear(incoming.Request) is not { } next)
        {
            incoming.Refuse(SipStatus.ServerInternalError, "a later SUBSCRIBE came before");
            return;
        }
        (_dialog, _flow) = (next, incoming.Flow);
        incoming.Respond(notifier.Grant(incoming, time));
        Begin(time);
    }

    public void Note(ServerBindingChangeKind kind, ServerBinding binding)
    {
        _document.Note(kind, binding);
        Notify();
    }

    public void Dispose()
    {
        _expiry.Dispose();
        _notify.Dispose();
    }

    private void Expire()
    {
        _ending = "timeout";
        if (_flow.IsOpen)
            Notify();
        else
            End();
    }

    // Behind what is at work now, so that all changes of one REGISTER are told together.
    private void Notify()
    {
        if (_isDue)
            return;
        _isDue = true;
        notifier.Post(Send);
    }

    private void Send()
    {
        if (_isBusy || _expiry.IsDisposed)
            return;
        _isDue = false;
        // A connection that is gone is not made again: who watches comes back by another, and is told all there is.
        if (!_flow.IsOpen)
            return;
        _isBusy = true;
        _dialog = _dialog.Advanced();
        var (request, isLast, flow) = (Write(), _ending is not null, _flow);
        _notify.Disposable = notifier.Layer!.To(new SipTarget(flow.Transport, flow.RemoteEndPoint, _dialog.RemoteTarget.Host)).Request(request)
            .FirstAsync(response => response.IsFinal)
            .Subscribe(response => notifier.Post(() => Answered(response, isLast, flow)));
    }

    private SipRequest Write()
    {
        var left = Math.Max(0, (long)Math.Ceiling((_until - notifier.Now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var body = _document.Write(_isFull ? notifier.BindingsOf(user) : null, notifier.Now);
        _isFull = false;
        return _dialog.Write(SipMethod.Notify)
            .WithHeader("Contact", $"<{new NameAddress(_dialog.Local.Uri).Uri}>")
            .With(HeaderFields.Event, _event)
            .WithHeader("Subscription-State", _ending is null ? $"active;expires={left}" : $"terminated;reason={_ending}")
            .WithBody("application/reginfo+xml", body);
    }

    // RFC 6665 §4.2.2: who does not answer, or knows nothing of it, is told no more.
    private void Answered(SipResponse response, bool isLast, Flow flow)
    {
        _isBusy = false;
        if (isLast || (!response.IsSuccess && flow == _flow && flow.IsOpen))
            End();
        else if (_isDue)
            Send();
    }

    private void End()
    {
        notifier.Remove(this);
        Dispose();
    }
}
