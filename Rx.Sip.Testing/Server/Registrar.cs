using System.Globalization;
using System.Reactive.Concurrency;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Server;

/// <summary>Answers REGISTER, RFC 3261 §10.3 step by step.</summary>
internal sealed class Registrar(ServerRules rules, Accounts accounts, Gatekeeper gatekeeper, LocationTable locations, IScheduler scheduler)
{
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
                incoming.Respond(Grant(incoming, granted, information));
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
    private SipResponse Grant(ServerRequest incoming, RegisterOutcome.Granted granted, string? information)
    {
        var response = incoming.Make(SipStatus.Ok).WithHeader("Date", scheduler.Now.ToString("R", CultureInfo.InvariantCulture));
        foreach (var binding in granted.Bindings)
            response = response.WithAddedHeader("Contact", binding.Contact.WithParameter("expires", Seconds(binding.Until - scheduler.Now)).ToString());
        return information is null ? response : response.WithHeader("Authentication-Info", information);
    }

    private static string Seconds(TimeSpan span) => ((long)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
