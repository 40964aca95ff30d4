using Rx.Sip.Messages;
using Rx.Sip.Registration;

namespace Rx.Sip;

/// <summary>
/// What a request takes along on a registered flow: the route that the registrar wants it to take (RFC 3608 §5), and, if it forms a
/// dialog, a contact by which the dialog's requests come back over the same flow (RFC 5626 §4.3, RFC 5627 §4.3).
/// </summary>
internal sealed class RequestRoute
{
    private readonly string? _route;
    private readonly NameAddress _contact;

    private RequestRoute(string? route, NameAddress contact) => (_route, _contact) = (route, contact);

    /// <summary>The contact of a dialog that begins over this flow: our public GRUU, else our contact with <c>ob</c>.</summary>
    public NameAddress Contact => _contact;

    public static RequestRoute Of(Binding binding)
    {
        var terms = binding.Terms;
        var ours = binding.Contact.Uri;
        return new RequestRoute(
            terms.ServiceRoutes.IsEmpty ? null : string.Join(", ", terms.ServiceRoutes),
            new NameAddress(terms.PublicGruu ?? (terms.IsOutbound ? ours.WithParameter("ob", null) : ours)));
    }

    /// <summary>The request as it goes out. What the application has written itself stays as it is; what belongs to a dialog has its own route, and a REGISTER none (RFC 3608 §6.1).</summary>
    public SipRequest Apply(SipRequest request)
    {
        if (_route is not null && request.Method != SipMethod.Register && request.Frame.IndexOf(HeaderId.Route) < 0 && request.To?.Tag is null)
            request = request.WithHeader("Route", _route);
        return FormsDialog(request.Method) && request.Frame.IndexOf(HeaderId.Contact) < 0
            ? request.WithHeader("Contact", _contact.ToString()).WithAddedHeader("Supported", "outbound, gruu")
            : request;
    }

    private static bool FormsDialog(SipMethod method) =>
        method == SipMethod.Invite || method == SipMethod.Subscribe || method == SipMethod.Refer;
}
