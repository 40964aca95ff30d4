using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>What a user agent server checks before it looks whom a request is for, RFC 3261 §8.2.</summary>
internal static class RequestRules
{
    /// <summary>The methods an endpoint handles by itself.</summary>
    public const string Allow = "MESSAGE, OPTIONS";

    /// <summary>The refusal that the rules call for; null when the request may pass.</summary>
    public static SipResponse? Refuse(SipRequest request, string toTag)
    {
        // §8.2.2.1: schemes other than these name nobody here.
        if (request.RequestUri is not { } uri)
            return SipResponse.For(request, SipStatus.BadRequest, "Malformed Request-URI", toTag);
        if (!uri.IsSip && !uri.IsTel)
            return SipResponse.For(request, SipStatus.UnsupportedUriScheme, null, toTag);
        // §8.2.2.3: what the sender requires must be understood; the endpoint supports no extension yet.
        if (request.Require is [_, ..] required)
            return SipResponse.For(request, SipStatus.BadExtension, null, toTag).WithHeader("Unsupported", string.Join(", ", required));
        // §12.2.2: a To tag names a dialog, and there is none.
        return request.To?.Tag is null ? null : SipResponse.For(request, SipStatus.CallOrTransactionDoesNotExist, null, toTag);
    }
}
