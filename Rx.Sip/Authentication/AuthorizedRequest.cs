using Rx.Sip.Messages;

namespace Rx.Sip.Authentication;

/// <summary>Writes credentials into a request: one copy, whatever else changes.</summary>
internal static class AuthorizedRequest
{
    /// <summary>
    /// The same request with these credentials in place of those it had for the same realms, counted as the next one when it
    /// is sent again (RFC 3261 §22.2: CSeq goes up by one, Call-ID, From tag and all else stay).
    /// </summary>
    public static SipRequest Write(SipRequest request, ReadOnlySpan<(Realm Realm, string Value)> credentials, bool isRepeated)
    {
        var builder = new MessageBuilder(stackalloc byte[1536], stackalloc HeaderSlot[32]);
        builder.StartRequest(request.Method, request.RequestUriOctets);
        foreach (ref readonly var slot in request.Slots)
        {
            if (slot.Id == HeaderId.ContentLength || IsReplaced(request, slot, credentials))
                continue;
            if (slot.Id == HeaderId.CSeq && isRepeated && request.CSeq is { } sequence)
                builder.Header(HeaderId.CSeq, (sequence with { Number = sequence.Number + 1 }).ToString());
            else
                builder.Copy(request.Frame, slot);
        }
        foreach (var (realm, value) in credentials)
            builder.Header(realm.IsProxy ? HeaderId.ProxyAuthorization : HeaderId.Authorization, value);
        return builder.FinishRequest(request.Body.Span);
    }

    private static bool IsReplaced(SipRequest request, in HeaderSlot slot, ReadOnlySpan<(Realm Realm, string Value)> credentials)
    {
        if (slot.Id is not (HeaderId.Authorization or HeaderId.ProxyAuthorization)
            || !AuthenticationParameters.TryRead(request.ValueOf(slot), out var there))
            return false;
        foreach (var (realm, _) in credentials)
            if (realm.Name == there.Realm && realm.IsProxy == (slot.Id == HeaderId.ProxyAuthorization))
                return true;
        return false;
    }
}
