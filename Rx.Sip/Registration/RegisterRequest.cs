using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>Writes the REGISTERs of one registration: same Call-ID and From tag, CSeq counted up (RFC 3261 §10.2).</summary>
internal sealed class RegisterRequest(RegistrationSettings settings, SipIdentifiers identifiers, string callId)
{
    private readonly NameAddress _to = new(settings.Aor);
    private readonly NameAddress _from = new NameAddress(settings.DisplayName, settings.Aor, settings.FromParameters).WithTag(identifiers.Tag());

    /// <summary>The contact of the latest request; null when there was none.</summary>
    public NameAddress? Latest { get; private set; }

    /// <summary>
    /// A request that binds the contact. A contact of before, left behind by a connection that is gone, is removed by the same
    /// request: nobody should be forked there until it runs out.
    /// </summary>
    public SipRequest Bind(RegistrationPlan plan, NameAddress contact)
    {
        Latest = contact;
        return Write(plan, plan.Asked, [Lasting(contact, plan.Asked), .. Before(plan, contact)]);
    }

    /// <summary>A request that removes what we may have bound (RFC 3261 §10.2.2).</summary>
    public SipRequest Remove(RegistrationPlan plan) =>
        Latest is { } contact
            ? Write(plan, TimeSpan.Zero, [Lasting(contact, TimeSpan.Zero), .. Before(plan, contact)])
            : throw new InvalidOperationException("Nothing has been bound.");

    private static IEnumerable<NameAddress> Before(RegistrationPlan plan, NameAddress contact) =>
        plan.Binding?.Contact is { } before && !before.Uri.Equals(contact.Uri) ? [Lasting(before, TimeSpan.Zero)] : [];

    private SipRequest Write(RegistrationPlan plan, TimeSpan expires, IEnumerable<NameAddress> contacts)
    {
        var target = plan.RedirectedTo ?? settings.Registrar;
        var request = SipRequest.Create(SipMethod.Register, target, _from, _to, callId, plan.Sequence);
        request = contacts.Aggregate(request, (so, contact) => so.WithAddedHeader("Contact", contact.ToString()));
        request = request.WithHeader("Expires", Seconds(expires));
        return settings.Headers.Aggregate(request, (so, header) => so.WithAddedHeader(header.Name, header.Value));
    }

    private static NameAddress Lasting(NameAddress contact, TimeSpan time) => contact.WithParameter("expires", Seconds(time));

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
