using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;
using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>Writes the REGISTERs of an endpoint: same Call-ID and From tag, CSeq counted up (RFC 3261 §10.2).</summary>
internal sealed class RegisterRequest(RegistrationSettings settings, SipIdentifiers identifiers)
{
    // As they were drawn: made text of when a request is written, which is seldom, of very many endpoints.
    private readonly (ulong First, ulong Second) _callId = (identifiers.Next(), identifiers.Next());
    private readonly ulong _tag = identifiers.Next();

    /// <summary>The Call-ID of all of them.</summary>
    public string CallId => SipIdentifiers.TextOf(_callId.First) + SipIdentifiers.TextOf(_callId.Second);

    /// <summary>The tag that From of all of them has.</summary>
    public string Tag => SipIdentifiers.TextOf(_tag);

    /// <summary>A request that binds the contact. Contacts left behind are removed by the same request.</summary>
    public SipRequest Bind(RegistrationPlan plan, NameAddress contact) =>
        Write(plan, plan.Asked, [Lasting(plan.IsPlain ? InstanceId.WithoutFlow(contact) : contact, plan.Asked), .. LeftBehind(plan, contact)]);

    /// <summary>A request that removes all that may be bound of ours (RFC 3261 §10.2.2).</summary>
    public SipRequest Remove(RegistrationPlan plan) =>
        Write(plan, TimeSpan.Zero, (IsReplaced(plan) ? [plan.Binding!.Contact] : plan.Leftovers.All).Select(stray => Lasting(stray, TimeSpan.Zero)));

    // As addresses alone: by their instance they would be taken for the new one.
    private static IEnumerable<NameAddress> LeftBehind(RegistrationPlan plan, NameAddress contact) =>
        IsReplaced(plan) ? [] : plan.Leftovers.Besides(contact).Select(stray => Lasting(InstanceId.Bare(stray), TimeSpan.Zero));

    // A registrar that knows RFC 5626 has put each of a flow's contacts in the place of the one before (§6).
    private static bool IsReplaced(RegistrationPlan plan) => plan.Binding is { Terms.IsOutbound: true };

    private SipRequest Write(RegistrationPlan plan, TimeSpan expires, IEnumerable<NameAddress> contacts)
    {
        var from = new NameAddress(settings.DisplayName, settings.Aor, settings.FromParameters).WithTag(Tag);
        var request = SipRequest.Create(SipMethod.Register, plan.Registrar, from, new NameAddress(settings.Aor), CallId, plan.Sequence);
        request = contacts.Aggregate(request, (so, contact) => so.WithAddedHeader("Contact", contact.ToString()));
        request = request.WithHeader("Expires", Seconds(expires));
        return settings.Headers.Aggregate(request, (so, header) => so.WithAddedHeader(header.Name, header.Value));
    }

    private static NameAddress Lasting(NameAddress contact, TimeSpan time) => contact.WithParameter("expires", Seconds(time));

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
