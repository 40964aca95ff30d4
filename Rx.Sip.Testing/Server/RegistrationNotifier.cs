using Rx.Sip.Dialogs;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>
/// The notifier of the <c>reg</c> event package (RFC 3680, RFC 6665 §4.2): tells users what they have bound, all of it when they subscribe and
/// what has changed afterwards. In the mailbox of one life of a server.
/// </summary>
internal sealed class RegistrationNotifier(
    ServerRules rules, Accounts accounts, Gatekeeper gatekeeper, LocationTable locations, RealTimeConnectionManager manager) : IDisposable
{
    private const string Package = "reg";

    // RFC 3680 §4.4.
    private static readonly TimeSpan DefaultExpires = TimeSpan.FromSeconds(3761);

    private readonly Dictionary<DialogSetId, RegistrationSubscription> _subscriptions = [];

    /// <summary>There as soon as it is.</summary>
    public TransactionLayer? Layer { get; set; }

    public int Count => _subscriptions.Count;

    /// <summary>Whether a request is about the bindings of a user, and these are told.</summary>
    public bool IsFor(SipRequest request) =>
        rules.Settings.OffersRegistrationEvents && request.Method == SipMethod.Subscribe && request.Get(HeaderFields.Event)?.Package == Package;

    public void Answer(ServerRequest incoming)
    {
        var request = incoming.Request;
        if (DialogSetId.Of(request) is { } id)
        {
            if (_subscriptions.TryGetValue(id, out var known))
                known.Renew(incoming, Expires(request));
            else
                incoming.Refuse(SipStatus.CallOrTransactionDoesNotExist, "there is no such subscription");
        }
        else if (request.RequestUri is not { } uri || !accounts.TryFind(uri, out var user))
        {
            incoming.Refuse(SipStatus.NotFound, $"{request.RequestUri?.UserAtHost} has no account on this server");
        }
        else if (request.From is not { } from || !accounts.TryFind(from.Uri, out var watcher) || watcher != user)
        {
            incoming.Refuse(SipStatus.Forbidden, "users may watch their own bindings alone");
        }
        else if (gatekeeper.Admits(incoming, user, isProxy: false, out var information))
        {
            Begin(incoming, user, information);
        }
    }

    /// <summary>A binding has changed.</summary>
    public void Hear(ServerBindingChangeKind kind, ServerBinding binding)
    {
        foreach (var subscription in _subscriptions.Values)
            if (subscription.User == binding.User)
                subscription.Note(kind, binding);
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions.Values)
            subscription.Dispose();
        _subscriptions.Clear();
    }

    private void Begin(ServerRequest incoming, string user, string? information)
    {
        var success = Grant(incoming, Expires(incoming.Request));
        if (Dialog.OfServer(incoming.Request, success) is not { } dialog)
        {
            incoming.Refuse(SipStatus.BadRequest, "a SUBSCRIBE needs a Contact");
            return;
        }
        var subscription = new RegistrationSubscription(this, dialog, incoming, user);
        _subscriptions.Add(dialog.Id.Set, subscription);
        incoming.Respond(information is null ? success : success.WithHeader("Authentication-Info", information));
        subscription.Begin(Expires(incoming.Request));
    }

    internal SipResponse Grant(ServerRequest incoming, TimeSpan time) =>
        incoming.Make(SipStatus.Ok).WithHeader("Contact", $"<sip:{accounts.Domain}>").With(HeaderFields.Expires, time);

    internal IReadOnlyList<ServerBinding> BindingsOf(string user) => locations.Of(user);

    internal string AorOf(string user) => $"sip:{user}@{accounts.Domain}";

    internal DateTimeOffset Now => manager.Scheduler.Now;

    internal IDisposable At(DateTimeOffset instant, Action action) =>
        System.Reactive.Concurrency.Scheduler.Schedule(manager.Scheduler, instant, () => manager.Mailbox.Post(action));

    internal void Post(Action action) => manager.Mailbox.Post(action);

    internal void Remove(RegistrationSubscription subscription) => _subscriptions.Remove(subscription.Id);

    private TimeSpan Expires(SipRequest request) =>
        request.Expires is { } asked ? asked < rules.Settings.MaxExpires ? asked : rules.Settings.MaxExpires : DefaultExpires;
}
