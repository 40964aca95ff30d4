using System.Reactive;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Registration;
using Rx.Sip.Registration.Bindings;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;
using Rx.Sip.Subscriptions;
using Rx.Sip.Subscriptions.Registrations;

namespace Rx.Sip;

/// <summary>
/// Watches what the registrar holds of an endpoint's user, by the <c>reg</c> event package (RFC 3680): tells what all devices have bound, and
/// tells a flow when its own binding is gone. Made when it is wanted first; in the protocol mailbox.
/// </summary>
/// <param name="core">The endpoint.</param>
/// <param name="flows">The ways to the registrar.</param>
/// <param name="instance">The endpoint's instance.</param>
/// <param name="tell">Told of what is bound, whenever that was notified.</param>
internal sealed class RegistrationWatch(EndpointCore core, OutboundFlows flows, Guid instance, Action<BindingSet> tell)
{
    private const string Package = "reg";

    // RFC 3680 §4.4.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3761);

    // Of what is told in whole seconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    private readonly Dictionary<OutboundFlow, SipUri> _listed = [];
    private readonly HotStream<Unit> _refresh = new();
    private RegistrationTable _table = RegistrationTable.Empty;
    private IDisposable? _watching;
    private OutboundFlow? _way;
    private NameAddress? _contact;
    private SipUri? _given;
    private bool _isRefused;
    private bool _stood;

    /// <summary>What was notified last; null when nothing is, or no more.</summary>
    public BindingSet? Latest { get; private set; }

    /// <summary>Whether the package is to be used, by what was chosen and what the success of a REGISTER says.</summary>
    public static bool IsWanted(RegistrationEventUse use, SipResponse success) =>
        use == RegistrationEventUse.Always
        || (use == RegistrationEventUse.WhenOffered && success.GetAll(HeaderFields.AllowEvents).Contains(Package, StringComparer.Ordinal));

    /// <summary>The registration went on: what stands is watched, and what stands again is refreshed, for our Contact may be another.</summary>
    public void Follow(RegistrationState registration)
    {
        var stood = _stood;
        _stood = CombinedRegistration.Stands(registration);
        if (registration is not RegistrationState.Registered || _isRefused)
            return;
        var (way, contact) = (_way, _contact);
        (_way, _given) = (flows.Best([]), null);
        _contact = _way?.Route?.Contact;
        // The way of a dialog is for ever (RFC 3261 §12.2): by another flow it takes another dialog.
        if (way != _way)
            _watching?.Dispose();
        if (_watching is null || way != _way)
            _watching = core.Directory.Subscriber.Watch(core.Client, Request(), _refresh).Subscribe(Hear, Refused);
        else if (!stood || contact != _contact)
            _refresh.OnNext(Unit.Default);
    }

    /// <summary>Takes leave; watches again when something is registered again.</summary>
    public void Leave()
    {
        _watching?.Dispose();
        (_watching, _stood) = (null, false);
        Forget();
    }

    /// <summary>The endpoint itself takes a binding of its own away, and nobody need tell it.</summary>
    public void Expect(SipUri contact) => _given = contact;

    private WatchRequest Request() => new()
    {
        Target = core.Identity.Aor,
        From = core.Identity.From,
        Event = new SipEvent(Package),
        Accept = RegistrationInformationReader.MediaType,
        Expires = Lifetime,
        Headers = [new SipHeader("User-Agent", core.Identity.UserAgent)],
        Timeout = flows.Timers.Timeout,
    };

    private void Refused()
    {
        (_isRefused, _watching) = (true, null);
        Forget();
    }

    private void Forget()
    {
        (_table, Latest, _given) = (RegistrationTable.Empty, null, null);
        _listed.Clear();
    }

    private void Hear(SubscriptionNews news)
    {
        if (news is SubscriptionNews.Ended { Cause: var cause })
            core.Directory.Log.WatchEnded(core.Identity.Aor, Package, cause);
        if (news is not SubscriptionNews.Notified notified)
            return;
        if (notified.IsFirst)
            _table = RegistrationTable.Empty;
        if (IsInformation(notified.Notify) && RegistrationInformationReader.TryRead(notified.Notify.Body, out var document))
            Apply(document);
    }

    private void Apply(RegistrationInformation document)
    {
        var (now, before) = (core.Directory.Manager.Scheduler.Now, _table);
        _table = before.With(document, now);
        if (_table == before)
            return;
        // RFC 3680 §5.2: once, and again when all there is has been told meanwhile.
        if (_table.HasGap && !before.HasGap)
            _refresh.OnNext(Unit.Default);
        Latest = new BindingSet(now, [.. Ours(_table.Contacts).Select(row => new DeviceBinding(row.Contact, row.Until, core.IsContact(row.Contact, instance)))]);
        tell(Latest);
        foreach (var flow in flows.All)
            Check(flow, document);
    }

    private void Check(OutboundFlow flow, RegistrationInformation document)
    {
        // While a REGISTER is on its way its answer tells more: what is told here may be of before, or of what it has replaced.
        if (flow is not { State: RegistrationState.Registered, Granted.Binding.Contact: { } contact })
            return;
        if (Find(_table.Contacts, contact) is { } row)
        {
            _listed[flow] = contact.Uri;
            if (row.Event == ContactEvent.Shortened && row.Until < flow.Granted.Until - Rounding && document.Contacts.Any(told => told.Id == row.Id))
                flow.Evict(null);
            return;
        }
        var wasListed = _listed.Remove(flow, out var listed) && listed.Equals(contact.Uri);
        var gone = Find(_table.Gone, contact);
        if (_given?.Equals(contact.Uri) == true)
            _given = null;
        else if (gone is not null || wasListed)
            Evict(flow, Evictions.Of(gone?.Event ?? ContactEvent.Unknown, gone?.RetryAfter));
    }

    // A device is there as long as one of its flows is listed; when none is, those that were on their way back don't come back either.
    private void Evict(OutboundFlow flow, Eviction eviction)
    {
        if (!eviction.IsFinal)
            flow.Evict(eviction);
        else if (flows.All.Any(one => one.Granted?.Binding.Contact is { } contact && Find(_table.Contacts, contact) is not null))
            flow.Evict(Evictions.Of(ContactEvent.Unknown, null));
        else
            foreach (var one in flows.All)
                one.Evict(eviction);
    }

    // By the URI alone: the contact of an instance that has moved is another, and its going is no news to us.
    private ContactElement? Find(IEnumerable<ContactElement> rows, NameAddress ours) => Ours(rows).FirstOrDefault(row =>
        row.Contact.Uri.Equals(ours.Uri)
        && (row.Contact.Parameters.Get(InstanceId.Flow) is not { } flow || ours.Parameters.Get(InstanceId.Flow) is not { } our || flow == our));

    // Who has but one address-of-record to tell of may spell it in its own way.
    private IEnumerable<ContactElement> Ours(IEnumerable<ContactElement> rows) => rows.Where(row =>
        _table.Registrations.Count == 1
        || (SipUri.TryParse(_table.Registrations.GetValueOrDefault(row.RegistrationId), out var aor)
            && string.Equals(aor.UserAtHost, core.Identity.Aor.UserAtHost, StringComparison.OrdinalIgnoreCase)));

    private static bool IsInformation(SipRequest notify) =>
        notify.ContentType?.Is(RegistrationInformationReader.MediaType) == true;
}
