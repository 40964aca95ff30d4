using System.Collections.Immutable;
using Rx.Sip.Messages;
using Rx.Sip.Registration;

namespace Rx.Sip;

/// <summary>
/// What a request takes along on a registered flow: the route that the registrar wants it to take (RFC 3608 §5), and, if it forms a
/// dialog, a contact by which the dialog's requests come back over the same flow (RFC 5626 §4.3, RFC 5627 §4.3).
/// </summary>
internal sealed class RequestRoute
{
    private readonly ImmutableArray<NameAddress> _routes;
    private string? _route;
    private string? _secureRoute;

    private RequestRoute(Binding binding, NameAddress contact) => (Binding, _routes, Contact) = (binding, binding.Terms.ServiceRoutes, contact);

    /// <summary>The binding it follows from.</summary>
    public Binding Binding { get; }

    /// <summary>The contact of a dialog that begins over this flow: our public GRUU, else our contact with <c>ob</c>.</summary>
    public NameAddress Contact { get; }

    public static RequestRoute Of(Binding binding)
    {
        var terms = binding.Terms;
        var ours = binding.Contact.Uri;
        return new RequestRoute(
            binding,
            new NameAddress(terms.PublicGruu ?? (terms.IsOutbound ? ours.WithParameter("ob", null) : ours)));
    }

    /// <summary>
    /// The request as it goes out. What the application has written itself stays as it is; what belongs to a dialog has its own route, and a
    /// REGISTER none (RFC 3608 §6.1). Route and contact of a request for a <c>sips</c> URI are <c>sips</c> too (RFC 5630 §5.1.1).
    /// </summary>
    public SipRequest Apply(SipRequest request)
    {
        if (!_routes.IsEmpty && request.Method != SipMethod.Register && request.Frame.IndexOf(HeaderId.Route) < 0 && request.To?.Tag is null)
            request = request.WithHeader("Route", RouteFor(request));
        return FormsDialog(request.Method) && request.Frame.IndexOf(HeaderId.Contact) < 0
            ? request.WithHeader("Contact", ContactFor(request).ToString()).WithAddedHeader("Supported", "outbound, gruu")
            : request;
    }

    private string RouteFor(SipRequest request) => SipsUri.Is(request.RequestUriOctets)
        ? _secureRoute ??= string.Join(", ", _routes.Select(route => route with { Uri = SipsUri.Of(route.Uri) }))
        : _route ??= string.Join(", ", _routes);

    private NameAddress ContactFor(SipRequest request)
    {
        var isSecure = SipsUri.Is(request.RequestUriOctets) || request.Routes is [{ Uri.IsSecure: true }, ..];
        return Contact with { Uri = isSecure ? SipsUri.Of(Contact.Uri) : SipsUri.Plain(Contact.Uri) };
    }

    private static bool FormsDialog(SipMethod method) =>
        method == SipMethod.Invite || method == SipMethod.Subscribe || method == SipMethod.Refer;
}
