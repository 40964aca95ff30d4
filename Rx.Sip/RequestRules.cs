using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>What a user agent server checks before it looks whom a request is for, RFC 3261 §8.2.</summary>
internal static class RequestRules
{
    /// <summary>The methods an endpoint handles by itself.</summary>
    public const string Allow = "MESSAGE, OPTIONS";

    // Which methods and contents there are is the endpoints' business; extensions they support none yet. What gets here is of no dialog.
    private static readonly SipRules Rules = new() { HasDialogs = false };
    private static readonly SipRules InDialog = new();

    /// <summary>The refusal that the rules call for; null when the request may pass. Its mandatory headers were checked on the way in.</summary>
    public static SipResponse? Refuse(SipRequest request, string toTag) => (Rules.Refuse(request) ?? RefuseMixed(request))?.Respond(request, toTag);

    /// <summary>The same for a request of a dialog that is known.</summary>
    public static SipResponse? RefuseInDialog(SipRequest request, string toTag) => InDialog.Refuse(request)?.Respond(request, toTag);

    // RFC 5630 §5.1.2: who calls securely has to be reachable so.
    private static SipVerdict? RefuseMixed(SipRequest request) =>
        SipsUri.Is(request.RequestUriOctets) && request.Method != SipMethod.Register && request.Contacts.Any(contact => contact.Uri is { IsSip: true, IsSecure: false })
            ? new SipVerdict(SipStatus.BadRequest, "Contact Is Not Secure")
            : null;
}
