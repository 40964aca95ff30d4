namespace Rx.Sip.Messages;

/// <summary>
/// A SIP message (RFC 3261 §7): immutable, over one buffer. Headers are slices of it, unknown ones survive verbatim and in
/// order; typed values are parsed when first asked for and kept. A typed member is null, or its list empty, when the header
/// is missing or can't be read; the text as received is always in <see cref="Headers"/>.
/// </summary>
public abstract class SipMessage
{
    private protected SipMessage(MessageFrame frame) => Frame = frame;

    internal MessageFrame Frame { get; }

    internal ReadOnlySpan<HeaderSlot> Slots => Frame.Slots;

    internal ReadOnlySpan<byte> NameOf(in HeaderSlot slot) => Frame.NameOf(slot);

    internal ReadOnlySpan<byte> ValueOf(in HeaderSlot slot) => Frame.ValueOf(slot);

    internal bool IsNamed(in HeaderSlot slot, string name) => Frame.IsNamed(slot, name);

    /// <summary>The message as it goes over the wire.</summary>
    public ReadOnlyMemory<byte> Bytes => Frame.Octets;

    /// <summary>All header fields in order.</summary>
    public SipHeaders Headers => new(this);

    /// <summary>The body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body => Frame.Body;

    /// <summary>The body read as UTF-8.</summary>
    public string BodyText => Grammar.Text(Body.Span);

    /// <summary>All Via values, topmost first (RFC 3261 §20.42).</summary>
    public IReadOnlyList<Via> Vias => TypedHeaders.List<Via>(Frame, HeaderId.Via, Via.TryRead);

    /// <summary>The topmost Via.</summary>
    public Via? TopVia => Vias is [var top, ..] ? top : null;

    /// <summary>From (RFC 3261 §20.20).</summary>
    public NameAddress? From => TypedHeaders.Address(Frame, HeaderId.From);

    /// <summary>To (RFC 3261 §20.39).</summary>
    public NameAddress? To => TypedHeaders.Address(Frame, HeaderId.To);

    /// <summary>Call-ID (RFC 3261 §20.8).</summary>
    public string? CallId => TypedHeaders.Text(Frame, HeaderId.CallId);

    /// <summary>CSeq (RFC 3261 §20.16).</summary>
    public CSeq? CSeq => Messages.CSeq.TryRead(Frame, out var cseq) ? cseq : null;

    /// <summary>All Contact values (RFC 3261 §20.10), <c>*</c> left out: see <see cref="IsContactWildcard"/>.</summary>
    public IReadOnlyList<NameAddress> Contacts => TypedHeaders.List<NameAddress>(Frame, HeaderId.Contact, NameAddress.TryRead);

    /// <summary>Whether Contact is <c>*</c>: all bindings (RFC 3261 §10.2.2).</summary>
    public bool IsContactWildcard => Frame.TryFind(HeaderId.Contact, out var value) && value is [(byte)'*'];

    /// <summary>Route (RFC 3261 §20.34).</summary>
    public IReadOnlyList<NameAddress> Routes => TypedHeaders.List<NameAddress>(Frame, HeaderId.Route, NameAddress.TryRead);

    /// <summary>Record-Route (RFC 3261 §20.30).</summary>
    public IReadOnlyList<NameAddress> RecordRoutes => TypedHeaders.List<NameAddress>(Frame, HeaderId.RecordRoute, NameAddress.TryRead);

    /// <summary>Max-Forwards (RFC 3261 §20.22).</summary>
    public int? MaxForwards => TypedHeaders.Number(Frame, HeaderId.MaxForwards);

    /// <summary>Expires (RFC 3261 §20.19).</summary>
    public TimeSpan? Expires => TypedHeaders.Seconds(Frame, HeaderId.Expires);

    /// <summary>Min-Expires (RFC 3261 §20.23).</summary>
    public TimeSpan? MinExpires => TypedHeaders.Seconds(Frame, HeaderId.MinExpires);

    /// <summary>Content-Type (RFC 3261 §20.15).</summary>
    public MediaType? ContentType => Frame.Keep(HeaderId.ContentType, MediaType.Read);

    /// <summary>Content-Length as the header says (RFC 3261 §20.14); the body's true length is that of <see cref="Body"/>.</summary>
    public int? ContentLength => TypedHeaders.Number(Frame, HeaderId.ContentLength);

    /// <summary>Allow (RFC 3261 §20.5).</summary>
    public IReadOnlyList<string> Allow => TypedHeaders.Tokens(Frame, HeaderId.Allow);

    /// <summary>Supported (RFC 3261 §20.37).</summary>
    public IReadOnlyList<string> Supported => TypedHeaders.Tokens(Frame, HeaderId.Supported);

    /// <summary>Require (RFC 3261 §20.32).</summary>
    public IReadOnlyList<string> Require => TypedHeaders.Tokens(Frame, HeaderId.Require);

    /// <summary>Proxy-Require (RFC 3261 §20.29).</summary>
    public IReadOnlyList<string> ProxyRequire => TypedHeaders.Tokens(Frame, HeaderId.ProxyRequire);

    /// <summary>Unsupported (RFC 3261 §20.40).</summary>
    public IReadOnlyList<string> Unsupported => TypedHeaders.Tokens(Frame, HeaderId.Unsupported);

    /// <summary>WWW-Authenticate challenges (RFC 3261 §20.44).</summary>
    public IReadOnlyList<AuthenticationParameters> WwwAuthenticate => TypedHeaders.Schemes(Frame, HeaderId.WwwAuthenticate);

    /// <summary>Proxy-Authenticate challenges (RFC 3261 §20.27).</summary>
    public IReadOnlyList<AuthenticationParameters> ProxyAuthenticate => TypedHeaders.Schemes(Frame, HeaderId.ProxyAuthenticate);

    /// <summary>Authorization credentials (RFC 3261 §20.7).</summary>
    public IReadOnlyList<AuthenticationParameters> Authorization => TypedHeaders.Schemes(Frame, HeaderId.Authorization);

    /// <summary>Proxy-Authorization credentials (RFC 3261 §20.28).</summary>
    public IReadOnlyList<AuthenticationParameters> ProxyAuthorization => TypedHeaders.Schemes(Frame, HeaderId.ProxyAuthorization);

    /// <summary>Authentication-Info (RFC 3261 §20.6); its scheme is empty, unless the server names one as Office Communications Server does.</summary>
    public AuthenticationParameters? AuthenticationInfo => Frame.Keep(HeaderId.AuthenticationInfo, AuthenticationParameters.ReadInformation);

    /// <summary>Proxy-Authentication-Info (RFC 7615 as used by RFC 8760).</summary>
    public AuthenticationParameters? ProxyAuthenticationInfo => Frame.Keep(HeaderId.ProxyAuthenticationInfo, AuthenticationParameters.ReadInformation);

    /// <summary>Retry-After (RFC 3261 §20.33).</summary>
    public RetryAfter? RetryAfter => Frame.Keep(HeaderId.RetryAfter, Messages.RetryAfter.Read);

    /// <summary>Warning (RFC 3261 §20.43).</summary>
    public IReadOnlyList<SipWarning> Warnings => TypedHeaders.List<SipWarning>(Frame, HeaderId.Warning, SipWarning.TryRead);

    /// <summary>Date (RFC 3261 §20.17).</summary>
    public DateTimeOffset? Date => TypedHeaders.Date(Frame, HeaderId.Date);

    /// <summary>User-Agent (RFC 3261 §20.41).</summary>
    public string? UserAgent => TypedHeaders.Text(Frame, HeaderId.UserAgent);

    /// <summary>Server (RFC 3261 §20.35).</summary>
    public string? Server => TypedHeaders.Text(Frame, HeaderId.Server);

    /// <summary>The whole message as text.</summary>
    public string ToWireString() => Grammar.Text(Bytes.Span);
}
