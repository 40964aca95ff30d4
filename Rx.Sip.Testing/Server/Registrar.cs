using System.Globalization;
using System.Reactive.Concurrency;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Testing.Server;

/// <summary>Answers REGISTER, RFC 3261 §10.3 step by step.</summary>
internal sealed class Registrar(ServerRules rules, Accounts accounts, Gatekeeper gatekeeper, LocationTable locations, GruuMint gruus, IScheduler scheduler)
{
    private const int FirstHopLacksOutboundSupport = 439;

    /// <summary>
    /// The domain, the extensions, the account, the password. The account comes before the password, which a server on the open
    /// network would not do: here people are to learn what they got wrong.
    /// </summary>
    public void Answer(ServerRequest incoming)
    {
        var request = incoming.Request;
        if (request.RequestUri is not { } uri || !accounts.IsOurs(uri))
            incoming.Refuse(SipStatus.Forbidden, $"{request.RequestUri?.Host} is not served here, {accounts.Domain} is");
        else if (request.Require is { Count: > 0 } required)
            incoming.Refuse(incoming.Make(SipStatus.BadExtension).WithHeader("Unsupported", string.Join(", ", required)));
        else if (rules.Settings.KnowsOutbound && OutboundRules.WishOf(request) == OutboundWish.Impossible)
            incoming.Refuse(incoming.Make(FirstHopLacksOutboundSupport));
        else if (request.To is not { } to || !accounts.IsOurs(to.Uri))
            incoming.Refuse(SipStatus.Forbidden, $"{request.To?.Uri.UserAtHost} is of a domain that is not served here");
        else if (!accounts.TryFind(to.Uri, out var user))
            incoming.Refuse(SipStatus.NotFound, $"{to.Uri.UserAtHost} has no account on this server");
        else if (gatekeeper.Admits(incoming, user, isProxy: false, out var information))
            Update(incoming, user, information);
    }

    private void Update(ServerRequest incoming, string user, string? information)
    {
        var update = new RegisterUpdate(rules.Settings, rules.MinExpires, user, incoming, scheduler.Now);
        switch (update.Apply(locations.Of(user)))
        {
            case RegisterOutcome.Granted granted:
                locations.Replace(user, granted.Bindings);
                incoming.Respond(Grant(incoming, user, granted, information));
                break;
            case RegisterOutcome.TooBrief:
                incoming.Refuse(incoming.Make(SipStatus.IntervalTooBrief).WithHeader("Min-Expires", Seconds(rules.MinExpires)));
                break;
            case RegisterOutcome.Refused refused:
                incoming.Refuse(refused.Status, refused.Why);
                break;
        }
    }

    // Step 8: all bindings, each with the time it has left.
    private SipResponse Grant(ServerRequest incoming, string user, RegisterOutcome.Granted granted, string? information)
    {
        var response = incoming.Make(SipStatus.Ok).WithHeader("Date", scheduler.Now.ToString("R", CultureInfo.InvariantCulture));
        var wantsGruu = rules.Settings.GivesGruus && incoming.Request.Supported.Contains("gruu", StringComparer.OrdinalIgnoreCase);
        foreach (var binding in granted.Bindings)
            response = response.WithAddedHeader("Contact", Contact(user, binding, wantsGruu).ToString());
        response = Extend(response, incoming.Request);
        return information is null ? response : response.WithHeader("Authentication-Info", information);
    }

    private NameAddress Contact(string user, ServerBinding binding, bool wantsGruu)
    {
        var contact = binding.Contact.WithParameter("expires", Seconds(binding.Until - scheduler.Now));
        return wantsGruu && binding.Instance is { } instance
            ? contact.WithParameter("pub-gruu", Grammar.Quote(gruus.Public(user, instance))).WithParameter("temp-gruu", Grammar.Quote(gruus.Temporary(user, instance)))
            : contact;
    }

    // RFC 3327 §5.3, RFC 3608 §5, RFC 5626 §6.
    private SipResponse Extend(SipResponse response, SipRequest request)
    {
        foreach (var path in request.GetAll(HeaderFields.Path))
            response = response.WithAddedHeader("Path", path.ToString());
        foreach (var route in rules.Settings.ServiceRoutes)
            response = response.WithAddedHeader("Service-Route", route);
        if (rules.Settings.OffersRegistrationEvents)
            response = response.WithHeader("Allow-Events", "reg");
        if (!rules.Settings.KnowsOutbound || OutboundRules.WishOf(request) != OutboundWish.Possible)
            return response;
        response = response.WithHeader("Require", "outbound");
        return rules.Settings.FlowTimer is { } time ? response.WithHeader("Flow-Timer", Seconds(time)) : response;
    }

    private static string Seconds(TimeSpan span) => ((long)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
