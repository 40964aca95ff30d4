using System.Diagnostics.CodeAnalysis;
using System.Text;
using Rx.Sip.Messages.Headers;

namespace Rx.Sip.Messages;

/// <summary>A response (RFC 3261 §7.2). Immutable: every <c>With…</c> gives a new one.</summary>
public sealed class SipResponse : SipMessage
{
    private readonly int _reasonStart;
    private readonly int _reasonLength;

    internal SipResponse(MessageFrame frame, int status, int reasonStart, int reasonLength, SipLocalCause? cause = null) : base(frame) =>
        (StatusCode, _reasonStart, _reasonLength, LocalCause) = (status, reasonStart, reasonLength, cause);

    /// <summary>The status code, 100 to 699.</summary>
    public int StatusCode { get; }

    /// <summary>The reason phrase.</summary>
    public string ReasonPhrase => Grammar.Text(Frame.Span(_reasonStart, _reasonLength));

    /// <summary>Whether no peer sent this: a timeout stands as 408 and a dead transport as 503 (RFC 3261 §8.1.3.1).</summary>
    public bool IsLocal => LocalCause is not null;

    /// <summary>Why it is our own conclusion; null when a peer sent it.</summary>
    public SipLocalCause? LocalCause { get; }

    /// <summary>1xx.</summary>
    public bool IsProvisional => StatusCode < 200;

    /// <summary>2xx and above.</summary>
    public bool IsFinal => StatusCode >= 200;

    /// <summary>2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>3xx.</summary>
    public bool IsRedirection => StatusCode is >= 300 and < 400;

    /// <summary>
    /// Makes the response to a request (RFC 3261 §8.2.6): Via, From, To, Call-ID and CSeq are the request's; To gets
    /// <paramref name="toTag"/> unless it has a tag already or the response is a 100. A null reason means the registered phrase.
    /// </summary>
    public static SipResponse For(SipRequest request, int statusCode, string? reasonPhrase, string? toTag)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ResponseWriter.Write(request, statusCode, reasonPhrase, toTag, cause: null);
    }

    /// <summary>Makes the response that stands for what no peer said: 408 for a timeout, 503 for a dead transport (RFC 3261 §8.1.3.1).</summary>
    public static SipResponse Local(SipRequest request, int statusCode, string? reasonPhrase)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Local(request, statusCode, reasonPhrase, statusCode == SipStatus.RequestTimeout ? SipLocalCause.TimedOut : SipLocalCause.TransportFailed);
    }

    internal static SipResponse Local(SipRequest request, int statusCode, string? reasonPhrase, SipLocalCause cause) =>
        ResponseWriter.Write(request, statusCode, reasonPhrase, toTag: null, cause);

    /// <summary>Reads one whole response. For the reason of a failure use <see cref="SipParser"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SipResponse? response)
    {
        ArgumentNullException.ThrowIfNull(text);
        response = SipParser.TryParse(Encoding.UTF8.GetBytes(text), out var message, out _) ? message as SipResponse : null;
        return response is not null;
    }

    /// <summary>The same response with that header set: the first field of the name replaced, others removed, or appended when there was none. Throws <see cref="ArgumentException"/> for Content-Length, which follows the body, and for a value of more than one line.</summary>
    public SipResponse WithHeader(string name, string value) => Edited(MessageEdit.Set(this, name, value));

    /// <summary>The same response with one more field of that name, behind those there are.</summary>
    public SipResponse WithAddedHeader(string name, string value) => Edited(MessageEdit.Add(this, name, value));

    /// <summary>The same response without any field of that name.</summary>
    public SipResponse WithoutHeader(string name) => Edited(MessageEdit.Remove(this, name));

    /// <summary>The same response without the first value of that header: of a comma list only its first element goes.</summary>
    public SipResponse WithoutFirstValue(string name) => Edited(MessageEdit.RemoveFirstValue(this, name));

    /// <summary>The same response with that header set, as in <c>With(HeaderFields.Event, new SipEvent("presence"))</c>. Throws <see cref="ArgumentException"/> for a value that can't be written.</summary>
    public SipResponse With<T>(HeaderField<T> field, T value) where T : class => Edited(HeaderEdit.Set(this, field, value));

    /// <summary>The same response with that number or time set.</summary>
    public SipResponse With<T>(HeaderValueField<T> field, T value) where T : struct => Edited(HeaderEdit.Set(this, field, value));

    /// <summary>The same response with that list in place of the one it had, if any. An empty list takes the header away, unless its emptiness has a meaning, as in Accept.</summary>
    public SipResponse With<T>(HeaderListField<T> field, IEnumerable<T> values) where T : notnull => Edited(HeaderEdit.Set(this, field, values));

    /// <summary>The same response with one more element at the end of that list.</summary>
    public SipResponse WithAdded<T>(HeaderListField<T> field, T value) where T : notnull => Edited(HeaderEdit.Add(this, field, value));

    /// <summary>The same response without that header.</summary>
    public SipResponse Without(HeaderField field) => Edited(HeaderEdit.Remove(this, field));

    /// <summary>The same response with that body; Content-Type and Content-Length follow it.</summary>
    public SipResponse WithBody(string contentType, ReadOnlyMemory<byte> body) => Edited(MessageEdit.Body(this, contentType, body.Span));

    /// <summary>The same response with another topmost Via.</summary>
    internal SipResponse WithTopVia(Via via)
    {
        var rest = WithoutFirstValue("Via");
        return rest.Edited(MessageEdit.Insert(rest, "Via", via.ToString()));
    }

    /// <summary>Status and reason, and whether they are our own conclusion.</summary>
    public override string ToString() => IsLocal ? $"{StatusCode} {ReasonPhrase} (local)" : $"{StatusCode} {ReasonPhrase}";

    private SipResponse Edited(MessageFrame frame) => new(frame, StatusCode, _reasonStart, _reasonLength, LocalCause);
}
