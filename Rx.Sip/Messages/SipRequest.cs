using System.Diagnostics.CodeAnalysis;
using System.Text;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>A request (RFC 3261 §7.1). Immutable: every <c>With…</c> gives a new one.</summary>
public sealed class SipRequest : SipMessage
{
    private readonly RequestDraft? _draft;
    private int _uriStart;
    private int _uriLength;
    private SipUri? _uri;

    internal SipRequest(MessageFrame frame, SipMethod method, int uriStart, int uriLength) : base(frame) =>
        (Method, _uriStart, _uriLength) = (method, uriStart, uriLength);

    /// <summary>A request that is written when somebody looks at it.</summary>
    internal SipRequest(RequestDraft draft) : base(null) => (_draft, Method) = (draft, draft.Method);

    /// <summary>The method.</summary>
    public SipMethod Method { get; }

    /// <summary>The Request-URI; null when its text is no URI at all, see <see cref="RequestUriText"/>.</summary>
    public SipUri? RequestUri => _uri ??= SipUri.TryRead(RequestUriOctets, out var uri) ? uri : null;

    /// <summary>The Request-URI as it stands in the request line.</summary>
    public string RequestUriText => Grammar.Text(RequestUriOctets);

    /// <summary>The port that responses go to over UDP (RFC 3261 §18.2.2, RFC 3581); 0 unless the request was received with a readable Via.</summary>
    internal int ReplyPort { get; init; }

    /// <summary>Whether the Request-URI is <c>sips</c>.</summary>
    internal bool IsSecure => IsWritten ? SipsUri.Is(RequestUriOctets) : _draft!.IsSecure;

    /// <summary>No less octets than it has; a request that is not written yet need not be for that.</summary>
    internal int LengthAtMost => IsWritten ? Bytes.Length : _draft!.LengthAtMost;

    internal ReadOnlySpan<byte> RequestUriOctets => Frame.Span(_uriStart, _uriLength);

    /// <summary>
    /// Makes a request with the headers every request must have but Via, which the transaction adds:
    /// Max-Forwards 70, From, To, Call-ID, CSeq and Content-Length 0 (RFC 3261 §8.1.1).
    /// </summary>
    public static SipRequest Create(SipMethod method, SipUri requestUri, NameAddress from, NameAddress to, string callId, uint sequence)
    {
        ArgumentNullException.ThrowIfNull(requestUri);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(callId);
        var builder = new MessageBuilder(stackalloc byte[512], stackalloc HeaderSlot[6]);
        builder.StartRequest(method, requestUri.ToString());
        builder.BeginHeader(HeaderId.MaxForwards);
        builder.Append("70"u8);
        builder.EndHeader();
        builder.Header(HeaderId.From, from);
        builder.Header(HeaderId.To, to);
        builder.Header(HeaderId.CallId, callId);
        builder.BeginHeader(HeaderId.CSeq);
        builder.Append(sequence);
        builder.Append(" "u8);
        builder.Append(method.Name);
        builder.EndHeader();
        return builder.FinishRequest([]);
    }

    /// <summary>Reads one whole request. For the reason of a failure use <see cref="SipParser"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SipRequest? request)
    {
        ArgumentNullException.ThrowIfNull(text);
        request = SipParser.TryParse(Encoding.UTF8.GetBytes(text), out var message, out _) ? message as SipRequest : null;
        return request is not null;
    }

    /// <summary>The same request with that header set: the first field of the name replaced, others removed, or appended when there was none. Throws <see cref="ArgumentException"/> for Content-Length, which follows the body, and for a value of more than one line.</summary>
    public SipRequest WithHeader(string name, string value) => Edited(MessageEdit.Set(this, name, value));

    /// <summary>The same request with one more field of that name, behind those there are.</summary>
    public SipRequest WithAddedHeader(string name, string value) => Edited(MessageEdit.Add(this, name, value));

    /// <summary>The same request with that field in front of all others.</summary>
    public SipRequest WithFirstHeader(string name, string value) => Edited(MessageEdit.Insert(this, name, value));

    /// <summary>The same request without any field of that name.</summary>
    public SipRequest WithoutHeader(string name) => Edited(MessageEdit.Remove(this, name));

    /// <summary>The same request without the first value of that header: of a comma list only its first element goes.</summary>
    public SipRequest WithoutFirstValue(string name) => Edited(MessageEdit.RemoveFirstValue(this, name));

    /// <summary>The same request with that header set, as in <c>With(HeaderFields.Event, new SipEvent("presence"))</c>. Throws <see cref="ArgumentException"/> for a value that can't be written.</summary>
    public SipRequest With<T>(HeaderField<T> field, T value) where T : class => Edited(HeaderEdit.Set(this, field, value));

    /// <summary>The same request with that number or time set.</summary>
    public SipRequest With<T>(HeaderValueField<T> field, T value) where T : struct => Edited(HeaderEdit.Set(this, field, value));

    /// <summary>The same request with that list in place of the one it had, if any. An empty list takes the header away, unless its emptiness has a meaning, as in Accept.</summary>
    public SipRequest With<T>(HeaderListField<T> field, IEnumerable<T> values) where T : notnull => Edited(HeaderEdit.Set(this, field, values));

    /// <summary>The same request with one more element at the end of that list.</summary>
    public SipRequest WithAdded<T>(HeaderListField<T> field, T value) where T : notnull => Edited(HeaderEdit.Add(this, field, value));

    /// <summary>The same request without that header.</summary>
    public SipRequest Without(HeaderField field) => Edited(HeaderEdit.Remove(this, field));

    /// <summary>The same request with that body; Content-Type and Content-Length follow it.</summary>
    public SipRequest WithBody(string contentType, ReadOnlyMemory<byte> body) => Edited(MessageEdit.Body(this, contentType, body.Span));

    /// <summary>The same request to another Request-URI.</summary>
    public SipRequest WithRequestUri(SipUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return MessageEdit.Retarget(this, uri);
    }

    /// <summary>The request line.</summary>
    public override string ToString() => $"{Method} {RequestUriText}";

    // An edit leaves the request line where it was.
    private SipRequest Edited(MessageFrame frame) => new(frame, Method, _uriStart, _uriLength);

    /// <summary>The same request with a Via on top, written without decoding anything else.</summary>
    internal SipRequest WithTopVia(ReadOnlySpan<byte> via) => IsWritten ? Edited(MessageEdit.Insert(Frame, HeaderId.Via, via)) : _draft!.Write(via);

    private protected override MessageFrame Write()
    {
        var written = _draft!.Write(default);
        // Whoever writes it at the same time writes the same.
        (_uriStart, _uriLength) = (written._uriStart, written._uriLength);
        return written.Frame;
    }
}
