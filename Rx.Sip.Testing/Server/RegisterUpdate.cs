using System.Collections.Immutable;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>
/// Works out what a REGISTER makes of a user's bindings, RFC 3261 §10.3 steps 6 and 7. Changes nothing: it is all or nothing.
/// </summary>
internal sealed class RegisterUpdate(EmbeddedServerSettings settings, TimeSpan minExpires, string user, ServerRequest incoming, DateTimeOffset now)
{
    private static readonly TimeSpan AlwaysLongEnough = TimeSpan.FromHours(1);

    private readonly SipRequest _request = incoming.Request;
    private readonly bool _isOutbound = settings.KnowsOutbound && OutboundRules.WishOf(incoming.Request) == OutboundWish.Possible;
    private readonly uint _sequence = incoming.Request.CSeq?.Number ?? 0;

    public RegisterOutcome Apply(ImmutableArray<ServerBinding> current)
    {
        if (_request.IsContactWildcard)
            return RemoveAll(current);
        foreach (var contact in _request.Contacts)
        {
            if (Refusal(contact, current) is { } refusal)
                return refusal;
            current = Apply(contact, current);
        }
        return current.Length > settings.MaxBindingsPerUser
            ? new RegisterOutcome.Refused(SipStatus.Forbidden, $"{user} may have {settings.MaxBindingsPerUser} bindings and no more")
            : new RegisterOutcome.Granted(current);
    }

    private RegisterOutcome RemoveAll(ImmutableArray<ServerBinding> current)
    {
        if (_request.Expires != TimeSpan.Zero || _request.Headers.GetAll("Contact").Count > 1)
            return new RegisterOutcome.Refused(SipStatus.BadRequest, "Contact: * stands alone and with Expires: 0");
        return current.FirstOrDefault(IsNewer) is { } newer ? OutOfOrder(newer) : new RegisterOutcome.Granted([]);
    }

    private RegisterOutcome? Refusal(NameAddress contact, ImmutableArray<ServerBinding> current)
    {
        // RFC 5630 §5.2: what is bound as secure has to have been asked for securely.
        if (contact.Uri.IsSecure && !incoming.IsSecure)
            return new RegisterOutcome.Refused(SipStatus.BadRequest, "a sips contact is registered by a sips Request-URI alone");
        if (contact.Uri.IsSecure && _request.GetAll(HeaderFields.Path).Any(path => !path.Uri.IsSecure))
            return new RegisterOutcome.Refused(SipStatus.BadRequest, "a sips contact is registered by a sips Path alone");
        var asked = Asked(contact);
        if (asked > TimeSpan.Zero && asked < minExpires && asked < AlwaysLongEnough)
            return new RegisterOutcome.TooBrief();
        return Find(contact, current) is { } known && IsNewer(known) ? OutOfOrder(known) : null;
    }

    private ImmutableArray<ServerBinding> Apply(NameAddress contact, ImmutableArray<ServerBinding> current)
    {
        var known = Find(contact, current);
        var asked = Asked(contact);
        if (asked <= TimeSpan.Zero)
            return known is null ? current : current.Remove(known);
        var granted = asked < settings.MaxExpires ? asked : settings.MaxExpires;
        var bare = contact with { Parameters = contact.Parameters.Without("expires") };
        var binding = new ServerBinding(user, bare, now + granted, _request.CallId ?? "", _sequence)
        {
            Flow = IsSender(contact.Uri) ? incoming.Flow : null,
            Paths = _request.GetAll(HeaderFields.Path),
            IsOutbound = _isOutbound,
        };
        return known is null ? current.Add(binding) : current.Replace(known, binding);
    }

    private TimeSpan Asked(NameAddress contact) => contact.Expires ?? _request.Expires ?? settings.DefaultExpires;

    // A REGISTER that was held up must not undo a later one of the same client.
    private bool IsNewer(ServerBinding known) => known.CallId == _request.CallId && known.Sequence >= _sequence;

    private static RegisterOutcome.Refused OutOfOrder(ServerBinding newer) =>
        new(SipStatus.ServerInternalError, $"a REGISTER of the same Call-ID with CSeq {newer.Sequence} came before");

    private static ServerBinding? Find(NameAddress contact, ImmutableArray<ServerBinding> current) =>
        current.FirstOrDefault(binding => binding.IsSameDevice(contact));

    // Whether the contact is the sender itself, by the address it takes for its own or by the one we see.
    private bool IsSender(SipUri contact) =>
        string.Equals(contact.Host, _request.TopVia?.Host, StringComparison.OrdinalIgnoreCase)
        || (NumericHost.TryParse(contact.Host, out var address) && address.Equals(incoming.Flow.RemoteEndPoint.Address));
}
