using System.Globalization;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>Looks at each request and says who answers it: a fault, the registrar, the server itself, or a user's devices (RFC 3261 §16.3 to §16.5).</summary>
internal sealed class RequestRouter(ServerRules rules, Accounts accounts, ServerNews news) : ITransactionUser
{
    private const string AnsweredHere = "REGISTER, OPTIONS";
    private const string PassedOn = "REGISTER, OPTIONS, MESSAGE, SUBSCRIBE, NOTIFY, PUBLISH, INFO, REFER";

    public required Registrar Registrar { get; init; }

    public required Gatekeeper Gatekeeper { get; init; }

    public required RegistrationNotifier Notifier { get; init; }

    public required GruuMint Gruus { get; init; }

    /// <summary>There as soon as the transaction layer is.</summary>
    public Relay? Relay { get; set; }

    public void OnRequest(ServerTransaction transaction)
    {
        news.Came();
        var incoming = new ServerRequest(transaction, accounts.Domain, news, rules.Overload);
        if (rules.Faults.Take(incoming.Request.Method) is { } fault)
            Spoil(incoming, fault);
        else if (incoming.Request.RequestUri is not { IsSip: true } uri)
            incoming.Refuse(SipStatus.UnsupportedUriScheme, "only sip and sips are served");
        else if (incoming.Request.Method == SipMethod.Register)
            Registrar.Answer(incoming);
        else if (Notifier.IsFor(incoming.Request))
            Notifier.Answer(incoming);
        else if (accounts.IsOurs(uri) && uri.User is null)
            AnswerForServer(incoming);
        else
            Pass(incoming, uri);
    }

    // Calls are not served, so there is nothing to acknowledge or to cancel.
    public void OnAck(Flow flow, SipRequest ack)
    {
    }

    public void OnCancel(ServerTransaction invite, ServerTransaction cancel)
    {
    }

    public void OnStrayResponse(Flow flow, SipResponse response)
    {
    }

    public void OnUnanswered(ServerTransaction transaction) => news.Unanswered(transaction.Request);

    private static void Spoil(ServerRequest incoming, Fault fault)
    {
        if (fault.Status is not { } status)
            return;
        var response = incoming.Make(status);
        incoming.Refuse(fault.RetryAfter is { } wait
            ? response.WithHeader("Retry-After", ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            : response);
    }

    private static void AnswerForServer(ServerRequest incoming)
    {
        if (incoming.Request.Method == SipMethod.Options)
            incoming.Respond(incoming.Make(SipStatus.Ok).WithHeader("Allow", AnsweredHere));
        else
            incoming.Refuse(incoming.Make(SipStatus.MethodNotAllowed).WithHeader("Allow", AnsweredHere));
    }

    private void Pass(ServerRequest incoming, SipUri uri)
    {
        var request = incoming.Request;
        if (request.Method == SipMethod.Invite)
            incoming.Refuse(incoming.Make(SipStatus.MethodNotAllowed, "this server relays no calls").WithHeader("Allow", PassedOn));
        else if (!accounts.IsOurs(uri) || request.Routes.Any(route => !accounts.IsOurs(route.Uri)))
            incoming.Refuse(SipStatus.Forbidden, $"this server relays between users of {accounts.Domain} only");
        else if (request.MaxForwards == 0)
            incoming.Refuse(SipStatus.TooManyHops, "Max-Forwards is used up");
        else if (Relay!.IsLoop(incoming))
            incoming.Refuse(SipStatus.LoopDetected, "this request is being relayed already");
        else if (request.ProxyRequire is { Count: > 0 } required)
            incoming.Refuse(incoming.Make(SipStatus.BadExtension).WithHeader("Unsupported", string.Join(", ", required)));
        else if (IsAdmitted(incoming, out var information))
            PassTo(incoming, uri, information);
    }

    private void PassTo(ServerRequest incoming, SipUri uri, string? information)
    {
        uri = Gruus.Resolve(uri);
        if (accounts.TryFind(uri, out var user))
            Relay!.Pass(incoming, user, binding => GruuMint.IsFor(uri, binding), information);
        else
            incoming.Refuse(SipStatus.NotFound, $"{uri.UserAtHost} has no account on this server");
    }

    private bool IsAdmitted(ServerRequest incoming, out string? information)
    {
        information = null;
        if (!rules.Settings.AuthenticatesSenders)
            return true;
        if (incoming.Request.From is { } from && accounts.TryFind(from.Uri, out var user))
            return Gatekeeper.Admits(incoming, user, isProxy: true, out information);
        incoming.Refuse(SipStatus.Forbidden, $"{incoming.Request.From?.Uri.UserAtHost} has no account on this server");
        return false;
    }
}
