using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>Writes the REGISTERs of one registration: same Call-ID and From tag, CSeq counted up (RFC 3261 §10.2).</summary>
internal sealed class RegisterRequest(RegistrationSettings settings, SipIdentifiers identifiers)
{
    private readonly string _callId = identifiers.CallId();
    private readonly NameAddress _to = new(settings.Aor);
    private readonly NameAddress _from = new NameAddress(settings.DisplayName, settings.Aor, settings.FromParameters).WithTag(identifiers.Tag());

    /// <summary>
    /// A request that binds the contact. A contact of before, left behind by a connection that is gone, is removed by the same
    /// request: nobody should be forked there until it runs out.
    /// </summary>
    public SipRequest Bind(RegistrationPlan plan, NameAddress contact) =>
        plan.Binding?.Contact is { } before && !before.Uri.Equals(contact.Uri)
            ? Write(plan, plan.Asked, Lasting(contact, plan.Asked), Lasting(before, TimeSpan.Zero))
            : Write(plan, plan.Asked, Lasting(contact, plan.Asked));

    /// <summary>A request that removes the binding (RFC 3261 §10.2.2).</summary>
    public SipRequest Remove(RegistrationPlan plan) =>
        Write(plan, TimeSpan.Zero, Lasting(plan.Binding?.Contact ?? settings.Contact(), TimeSpan.Zero));

    private SipRequest Write(RegistrationPlan plan, TimeSpan expires, params IEnumerable<NameAddress> contacts)
    {
        var target = plan.RedirectedTo ?? settings.Registrar;
        var request = SipRequest.Create(SipMethod.Register, target, _from, _to, _callId, plan.Sequence);
        request = contacts.Aggregate(request, (so, contact) => so.WithAddedHeader("Contact", contact.ToString()));
        request = request.WithHeader("Expires", Seconds(expires));
        return settings.Headers.Aggregate(request, (so, header) => so.WithAddedHeader(header.Name, header.Value));
    }

    private static NameAddress Lasting(NameAddress contact, TimeSpan time) => contact.WithParameter("expires", Seconds(time));

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
