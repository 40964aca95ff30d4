namespace Rx.Sip.Messages;

/// <summary>Why a request is not taken, and the answer that says so (RFC 3261 §8.2, §16.3, §21.4, §21.5). See <see cref="SipRules"/>.</summary>
/// <param name="StatusCode">The status code of the answer.</param>
/// <param name="ReasonPhrase">The reason phrase of the answer: what exactly is wrong, or the registered phrase.</param>
public sealed record SipVerdict(int StatusCode, string ReasonPhrase)
{
    /// <summary>The header that the answer needs: what is allowed, accepted or not supported; null when it needs none.</summary>
    public SipHeader? Header { get; init; }

    /// <summary>
    /// Makes the answer, of what could be read of the request. Null when there can be none: an ACK is never answered (RFC 3261
    /// §17.1.1.2), and without a readable Via no answer finds its way (§18.2.2).
    /// </summary>
    public SipResponse? Answer(SipRequest request, string? toTag)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MessageCheck.IsAnswerable(request) ? Respond(request, toTag) : null;
    }

    /// <summary>Status and reason.</summary>
    public override string ToString() => $"{StatusCode} {ReasonPhrase}";

    internal SipResponse Respond(SipRequest request, string? toTag)
    {
        var response = SipResponse.For(request, StatusCode, ReasonPhrase, toTag);
        return Header is { } header ? response.WithHeader(header.Name, header.Value) : response;
    }

    internal static SipVerdict Of(int status) => new(status, SipStatus.ReasonPhrase(status));

    internal static SipVerdict Of(int status, string header, string value) => Of(status) with { Header = new SipHeader(header, value) };
}
