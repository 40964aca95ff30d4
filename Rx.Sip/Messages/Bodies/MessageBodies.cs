using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Sdp;

namespace Rx.Sip.Messages.Bodies;

/// <summary>What messages carry, read from them and written into them.</summary>
public static class MessageBodies
{
    private const string Prefix = "Content-";

    /// <summary>The body with the header fields that describe it; null when there is none.</summary>
    public static ContentDescription? Content(this SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Body.IsEmpty ? null : new ContentDescription([.. message.Headers.Select(Spelled).Where(IsOfContent)], message.Body);
    }

    /// <summary>
    /// The parts of the body, those of nested multiparts in their place; a body that is no multipart is the only part (RFC 5621 §4).
    /// Empty when there is no body. A multipart that can't be read is one part.
    /// </summary>
    public static IReadOnlyList<ContentDescription> Parts(this SipMessage message) => message.Content()?.Leaves() ?? [];

    /// <summary>
    /// The session description the message carries, as its body or as a part of it (RFC 3261 §13.2.1, RFC 5621 §4.1): the first that can be read,
    /// those left out that have another disposition, such as <c>early-session</c> (RFC 3959). False when there is none.
    /// </summary>
    public static bool TryGetSdp(this SipMessage message, [NotNullWhen(true)] out SdpDescription? description)
    {
        description = message.Parts().Where(IsSession).Select(part => SdpDescription.Read(part).ValueOrNull).FirstOrDefault(read => read is not null);
        return description is not null;
    }

    /// <summary>The CPIM message that the message carries, as its body or as a part of it (RFC 3862); false when there is none that can be read.</summary>
    public static bool TryGetCpim(this SipMessage message, [NotNullWhen(true)] out CpimMessage? cpim)
    {
        cpim = message.Parts().Where(part => part.ContentType.Is("message/cpim")).Select(part => CpimMessage.Read(part).ValueOrNull).FirstOrDefault(read => read is not null);
        return cpim is not null;
    }

    /// <summary>
    /// The same request with that body and the header fields that describe it; those of a former body go. Throws
    /// <see cref="ArgumentException"/> for a field that can't describe a message's body: its name does not begin with Content-, or it is the length.
    /// </summary>
    public static SipRequest WithBody(this SipRequest request, ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (type, others) = Fields(content);
        var bare = Former(request).Aggregate(request, (edited, name) => edited.WithoutHeader(name)).WithBody(type, content.Body);
        return others.Aggregate(bare, (edited, header) => edited.WithAddedHeader(header.Name, header.Value));
    }

    /// <summary>The same response with that body and the header fields that describe it: as for a request.</summary>
    public static SipResponse WithBody(this SipResponse response, ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(response);
        var (type, others) = Fields(content);
        var bare = Former(response).Aggregate(response, (edited, name) => edited.WithoutHeader(name)).WithBody(type, content.Body);
        return others.Aggregate(bare, (edited, header) => edited.WithAddedHeader(header.Name, header.Value));
    }

    private static IEnumerable<string> Former(SipMessage message) =>
        message.Headers.Select(Spelled).Where(IsOfContent).Select(header => header.Name).Append("MIME-Version").Distinct(StringComparer.OrdinalIgnoreCase);

    // MIME-Version stands by a multipart: RFC 2045 §4 wants it of who uses MIME, RFC 3261 §20.24 leaves it open.
    private static (string Type, List<SipHeader> Others) Fields(ContentDescription content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Headers.FirstOrDefault(header => !IsOfContent(header)) is { Name: { } foreign })
            throw new ArgumentException($"'{foreign}' does not describe a body.", nameof(content));
        var others = content.Headers.Where(header => !string.Equals(header.Name, "Content-Type", StringComparison.OrdinalIgnoreCase)).ToList();
        if (content.IsMultipart)
            others.Insert(0, new SipHeader("MIME-Version", "1.0"));
        return (content.Get("Content-Type") ?? content.ContentType.ToString(), others);
    }

    private static bool IsSession(ContentDescription part) =>
        part.ContentType.Is("application/sdp") && string.Equals(part.Disposition.Type, "session", StringComparison.OrdinalIgnoreCase);

    private static SipHeader Spelled(SipHeader header) =>
        HeaderTable.Find(header.Name) is not HeaderId.Unknown and var id ? header with { Name = HeaderTable.NameOf(id) } : header;

    private static bool IsOfContent(SipHeader header) =>
        header.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !string.Equals(header.Name, "Content-Length", StringComparison.OrdinalIgnoreCase);
}
