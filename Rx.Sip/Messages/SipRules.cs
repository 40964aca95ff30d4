using System.Text;

namespace Rx.Sip.Messages;

/// <summary>
/// What a user agent server takes, and the verdict on what it does not (RFC 3261 §8.2); or, with <see cref="Forwards"/>, what a
/// proxy does (§16.3). Immutable. Judging a request that is in order costs no memory.
/// </summary>
public sealed class SipRules
{
    /// <summary>Any method and content, no extensions, URIs of sip, sips and tel.</summary>
    public static SipRules Default { get; } = new();

    // Looked through for each request, and so not by an enumerator.
    private readonly string[] _uriSchemes = ["sip", "sips", "tel"];

    /// <summary>How large messages may be: 413, 414 and 513.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>The methods served: others get 405, or 501 when no RFC names them, both with Allow (§8.2.1, §21.5.2). Null, the default: any.</summary>
    public IReadOnlyCollection<SipMethod>? Methods { get; init; }

    /// <summary>The schemes a Request-URI may have, in lower case: others get 416 (§8.2.2.1). By default sip, sips and tel.</summary>
    public IReadOnlyCollection<string> UriSchemes
    {
        get => _uriSchemes;
        init => _uriSchemes = [.. value];
    }

    /// <summary>The option tags understood: a Require of others gets 420 with Unsupported (§8.2.2.3). By default none.</summary>
    public IReadOnlyCollection<string> Extensions { get; init; } = [];

    /// <summary>The media types understood, as <c>text/plain</c>, <c>multipart/*</c>: others get 415 with Accept (§8.2.3). Null, the default: any.</summary>
    public IReadOnlyCollection<string>? ContentTypes { get; init; }

    /// <summary>The encodings understood besides identity: others get 415 with Accept-Encoding (§8.2.3). By default none.</summary>
    public IReadOnlyCollection<string> ContentEncodings { get; init; } = [];

    /// <summary>Whether there can be dialogs. Without, a request with a To tag gets 481 (§12.2.2); with, which is the default, finding its dialog is left to others.</summary>
    public bool HasDialogs { get; init; } = true;

    /// <summary>
    /// Whether the request is to be forwarded instead of served: Max-Forwards 0 gets 483, and Proxy-Require stands for Require (§16.3);
    /// method and content are then nobody's business. Default false.
    /// </summary>
    public bool Forwards { get; init; }

    /// <summary>The verdict on a request: null when it may be handled.</summary>
    public SipVerdict? Validate(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MessageCheck.Of(request) ?? Refuse(request);
    }

    /// <summary>
    /// The verdict on what was parsed: null for a request that may be handled, and for a response. What could be read of a
    /// malformed request, to answer it, is in <see cref="SipParseError.Readable"/>.
    /// </summary>
    public SipVerdict? ValidateParsed(SipParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Match(message => message is SipRequest request ? Validate(request) : null, error => MessageCheck.Of(error, Limits));
    }

    /// <summary>The verdict on a request whose mandatory headers are known to be in order.</summary>
    internal SipVerdict? Refuse(SipRequest request) =>
        Forwards
            ? OfRequestUri(request) ?? OfHops(request) ?? OfExtensions(request, HeaderId.ProxyRequire)
            : OfMethod(request) ?? OfRequestUri(request) ?? OfDialog(request) ?? OfExtensions(request, HeaderId.Require) ?? ContentRules.Judge(this, request);

    private SipVerdict? OfMethod(SipRequest request) =>
        Methods is null || Methods.Contains(request.Method) ? null
        : SipVerdict.Of(request.Method.IsRegistered ? SipStatus.MethodNotAllowed : SipStatus.NotImplemented, "Allow", string.Join(", ", Methods));

    private SipVerdict? OfRequestUri(SipRequest request)
    {
        var uri = request.RequestUriOctets;
        if (uri.Length > Limits.MaxRequestUriOctets)
            return SipVerdict.Of(SipStatus.RequestUriTooLong);
        var colon = uri.IndexOf((byte)':');
        if (colon <= 0)
            return new SipVerdict(SipStatus.BadRequest, "Malformed Request-URI");
        foreach (var scheme in _uriSchemes)
            if (Ascii.EqualsIgnoreCase(uri[..colon], scheme))
                return null;
        return SipVerdict.Of(SipStatus.UnsupportedUriScheme);
    }

    private SipVerdict? OfDialog(SipRequest request) =>
        !HasDialogs && request.Frame.TryFind(HeaderId.To, out var to) && ResponseWriter.HasTag(to)
            ? SipVerdict.Of(SipStatus.CallOrTransactionDoesNotExist)
            : null;

    private static SipVerdict? OfHops(SipRequest request) =>
        request.Frame.TryFind(HeaderId.MaxForwards, out var hops) && Grammar.TryNumber(hops, uint.MaxValue, out var left) && left == 0
            ? SipVerdict.Of(SipStatus.TooManyHops)
            : null;

    // In ACK and CANCEL neither may stand, and so neither counts (§8.2.2.3).
    private SipVerdict? OfExtensions(SipRequest request, HeaderId header)
    {
        var frame = request.Frame;
        var index = frame.IndexOf(header);
        if (index < 0 || request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel)
            return null;
        var unsupported = new List<string>();
        for (; index >= 0; index = frame.IndexOf(header, index + 1))
        {
            var list = frame.ValueOf(frame.Slots[index]);
            while (Grammar.TryNext(ref list, out var tag))
                if (Grammar.Text(tag) is var text && !Extensions.Contains(text, StringComparer.OrdinalIgnoreCase))
                    unsupported.Add(text);
        }
        return unsupported.Count == 0 ? null : SipVerdict.Of(SipStatus.BadExtension, "Unsupported", string.Join(", ", unsupported));
    }
}
