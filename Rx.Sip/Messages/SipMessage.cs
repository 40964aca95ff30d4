using System.Buffers;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>
/// A SIP message (RFC 3261 §7): immutable, over one buffer. Headers are slices of it, unknown ones survive verbatim and in
/// order; typed values are parsed when first asked for and kept. A typed member is null, or its list empty, when the header
/// is missing or can't be read; the text as received is always in <see cref="Headers"/>. The members are short cuts to the
/// headers that most messages have: every other is read as <c>Get(HeaderFields.SessionExpires)</c> or
/// <c>GetAll(HeaderFields.Path)</c>.
/// </summary>
public abstract class SipMessage
{
    private MessageFrame? _frame;

    private protected SipMessage(MessageFrame? frame) => _frame = frame;

    internal MessageFrame Frame => Volatile.Read(ref _frame) ?? Written();

    /// <summary>Whether the message has its wire form already.</summary>
    internal bool IsWritten => Volatile.Read(ref _frame) is not null;

    /// <summary>Makes the wire form of a message that was begun without.</summary>
    private protected virtual MessageFrame Write() => throw new InvalidOperationException("The message has no wire form.");

    private MessageFrame Written()
    {
        Volatile.Write(ref _frame, Write());
        return _frame;
    }

    internal ReadOnlySpan<HeaderSlot> Slots => Frame.Slots;

    internal ReadOnlySpan<byte> NameOf(in HeaderSlot slot) => Frame.NameOf(slot);

    internal ReadOnlySpan<byte> ValueOf(in HeaderSlot slot) => Frame.ValueOf(slot);

    /// <summary>The message as it goes over the wire.</summary>
    public ReadOnlyMemory<byte> Bytes => Frame.Octets;

    /// <summary>All header fields in order.</summary>
    public SipHeaders Headers => new(this);

    /// <summary>The body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body => Frame.Body;

    /// <summary>The body read as UTF-8.</summary>
    public string BodyText => Grammar.Text(Body.Span);

    /// <summary>All Via values, topmost first (RFC 3261 §20.42).</summary>
    public IReadOnlyList<Via> Vias => GetAll(HeaderFields.Via);

    /// <summary>The topmost Via.</summary>
    public Via? TopVia => Vias is [var top, ..] ? top : null;

    /// <summary>From (RFC 3261 §20.20).</summary>
    public NameAddress? From => Get(HeaderFields.From);

    /// <summary>To (RFC 3261 §20.39).</summary>
    public NameAddress? To => Get(HeaderFields.To);

    /// <summary>Call-ID (RFC 3261 §20.8).</summary>
    public string? CallId => Get(HeaderFields.CallId);

    /// <summary>CSeq (RFC 3261 §20.16).</summary>
    public CSeq? CSeq => Get(HeaderFields.CSeq);

    /// <summary>All Contact values (RFC 3261 §20.10), <c>*</c> left out: see <see cref="IsContactWildcard"/>.</summary>
    public IReadOnlyList<NameAddress> Contacts => GetAll(HeaderFields.Contact);

    /// <summary>Whether Contact is <c>*</c>: all bindings (RFC 3261 §10.2.2).</summary>
    public bool IsContactWildcard => Frame.TryFind(HeaderId.Contact, out var value) && value is [(byte)'*'];

    /// <summary>Route (RFC 3261 §20.34).</summary>
    public IReadOnlyList<NameAddress> Routes => GetAll(HeaderFields.Route);

    /// <summary>Record-Route (RFC 3261 §20.30).</summary>
    public IReadOnlyList<NameAddress> RecordRoutes => GetAll(HeaderFields.RecordRoute);

    /// <summary>Max-Forwards (RFC 3261 §20.22).</summary>
    public int? MaxForwards => Get(HeaderFields.MaxForwards);

    /// <summary>Expires (RFC 3261 §20.19).</summary>
    public TimeSpan? Expires => Get(HeaderFields.Expires);

    /// <summary>Min-Expires (RFC 3261 §20.23).</summary>
    public TimeSpan? MinExpires => Get(HeaderFields.MinExpires);

    /// <summary>Content-Type (RFC 3261 §20.15).</summary>
    public MediaType? ContentType => Get(HeaderFields.ContentType);

    /// <summary>Content-Length as the header says (RFC 3261 §20.14); the body's true length is that of <see cref="Body"/>.</summary>
    public int? ContentLength => Get(HeaderFields.ContentLength);

    /// <summary>Allow (RFC 3261 §20.5).</summary>
    public IReadOnlyList<string> Allow => GetAll(HeaderFields.Allow);

    /// <summary>Supported (RFC 3261 §20.37).</summary>
    public IReadOnlyList<string> Supported => GetAll(HeaderFields.Supported);

    /// <summary>Require (RFC 3261 §20.32).</summary>
    public IReadOnlyList<string> Require => GetAll(HeaderFields.Require);

    /// <summary>Proxy-Require (RFC 3261 §20.29).</summary>
    public IReadOnlyList<string> ProxyRequire => GetAll(HeaderFields.ProxyRequire);

    /// <summary>Unsupported (RFC 3261 §20.40).</summary>
    public IReadOnlyList<string> Unsupported => GetAll(HeaderFields.Unsupported);

    /// <summary>WWW-Authenticate challenges (RFC 3261 §20.44).</summary>
    public IReadOnlyList<AuthenticationParameters> WwwAuthenticate => GetAll(HeaderFields.WwwAuthenticate);

    /// <summary>Proxy-Authenticate challenges (RFC 3261 §20.27).</summary>
    public IReadOnlyList<AuthenticationParameters> ProxyAuthenticate => GetAll(HeaderFields.ProxyAuthenticate);

    /// <summary>Authorization credentials (RFC 3261 §20.7).</summary>
    public IReadOnlyList<AuthenticationParameters> Authorization => GetAll(HeaderFields.Authorization);

    /// <summary>Proxy-Authorization credentials (RFC 3261 §20.28).</summary>
    public IReadOnlyList<AuthenticationParameters> ProxyAuthorization => GetAll(HeaderFields.ProxyAuthorization);

    /// <summary>Authentication-Info (RFC 3261 §20.6); its scheme is empty, unless the server names one as Office Communications Server does.</summary>
    public AuthenticationParameters? AuthenticationInfo => Get(HeaderFields.AuthenticationInfo);

    /// <summary>Proxy-Authentication-Info (RFC 7615 as used by RFC 8760).</summary>
    public AuthenticationParameters? ProxyAuthenticationInfo => Get(HeaderFields.ProxyAuthenticationInfo);

    /// <summary>Retry-After (RFC 3261 §20.33).</summary>
    public RetryAfter? RetryAfter => Get(HeaderFields.RetryAfter);

    /// <summary>Warning (RFC 3261 §20.43).</summary>
    public IReadOnlyList<SipWarning> Warnings => GetAll(HeaderFields.Warning);

    /// <summary>Date (RFC 3261 §20.17).</summary>
    public DateTimeOffset? Date => Get(HeaderFields.Date);

    /// <summary>User-Agent (RFC 3261 §20.41).</summary>
    public string? UserAgent => Get(HeaderFields.UserAgent);

    /// <summary>Server (RFC 3261 §20.35).</summary>
    public string? Server => Get(HeaderFields.Server);

    /// <summary>The value of a header, as in <c>Get(HeaderFields.Event)</c>; null when it is missing or can't be read: see <see cref="ReadingOf"/>.</summary>
    public T? Get<T>(HeaderField<T> field) where T : class
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Get(Frame);
    }

    /// <summary>The value of a header that is a number or a time, as in <c>Get(HeaderFields.RSeq)</c>; null when it is missing or can't be read.</summary>
    public T? Get<T>(HeaderValueField<T> field) where T : struct
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Get(Frame);
    }

    /// <summary>The elements of a list header, of all its lines, as in <c>GetAll(HeaderFields.Path)</c>; those that can't be read are left out.</summary>
    public IReadOnlyList<T> GetAll<T>(HeaderListField<T> field) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Get(Frame);
    }

    /// <summary>Whether a header is missing, can't be read or can: what a null or an empty list leaves open.</summary>
    public HeaderReading ReadingOf(HeaderField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.ReadingOf(Frame);
    }

    /// <summary>
    /// Writes the message in its canonical form: names as the RFCs spell them and never compact, one space behind the colon, no
    /// folds, lines ended by CRLF, one Content-Length, that of the body. Order, unknown headers and values stay as they are.
    /// </summary>
    public void WriteCanonical(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CanonicalWriter.Write(Frame, writer);
    }

    /// <summary>The message in its canonical form as text, see <see cref="WriteCanonical"/>.</summary>
    public string ToCanonicalString()
    {
        var writer = new ArrayBufferWriter<byte>(Bytes.Length + 256);
        WriteCanonical(writer);
        return Grammar.Text(writer.WrittenSpan);
    }

    /// <summary>The whole message as text.</summary>
    public string ToWireString() => Grammar.Text(Bytes.Span);
}
