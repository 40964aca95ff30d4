using System.Reflection;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;

namespace Rx.Sip.Benchmarks.Fuzz.Scrutiny;

/// <summary>Gives bodies and header values to every reader the library has: each public <c>TryParse</c> of a text, or of octets with or without a media type.</summary>
internal sealed class BodyScrutiny
{
    private readonly TypedMembers _members = new();
    private readonly List<Func<SipMessage, string, object?>> _readers = [.. typeof(SipMessage).Assembly.GetExportedTypes()
        .Where(type => type.Namespace?.StartsWith("Rx.Sip.Messages", StringComparison.Ordinal) == true && type is { IsGenericTypeDefinition: false })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == "TryParse"))
        .Select(ReaderOf).OfType<Func<SipMessage, string, object?>>()];

    /// <summary>Reads the body as what it says it is; then gives it, or the value of a header, to one of the readers.</summary>
    public void Examine(SipMessage message, Random random)
    {
        ReadContent(message);
        var headers = message.Headers;
        var text = random.Next(3) == 0 || headers.Count == 0 ? message.BodyText : headers[random.Next(headers.Count)].Value;
        Examine(message, text, _readers[random.Next(_readers.Count)]);
    }

    /// <summary>Gives the body to all of them.</summary>
    public void ExamineAll(SipMessage message)
    {
        ReadContent(message);
        var text = message.BodyText;
        _readers.ForEach(read => Examine(message, text, read));
    }

    private void ReadContent(SipMessage message)
    {
        if (message.Content() is not { } content)
            return;
        if (MimeMultipart.TryParse(content, out var multipart))
            _members.ReadAll(multipart, TypedMembers.Deepest);
        if (CpimMessage.TryParse(content, out var cpim))
            _members.ReadAll(cpim, TypedMembers.Deepest);
        foreach (var part in message.Parts().Take(TypedMembers.MostElements))
            if (part.ContentType?.Is("application/sdp") == true)
                ReadSession(part.Text);
    }

    private void ReadSession(string? text)
    {
        if (!SdpDescription.TryParse(text, out var session))
            return;
        _members.ReadAll(session, TypedMembers.Deepest);
        if (!SdpDescription.TryParse(session.ToString(), out var again) || again.ToString() != session.ToString())
            throw new ScrutinyException("a written session description reads otherwise");
    }

    private void Examine(SipMessage message, string text, Func<SipMessage, string, object?> read)
    {
        if (read(message, text) is { } value)
            _members.ReadAll(value, TypedMembers.Deepest);
    }

    private static Func<SipMessage, string, object?>? ReaderOf(MethodInfo method)
    {
        if (method.IsGenericMethod || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike))
            return null;
        var given = method.GetParameters()[..^1].Select(parameter => parameter.ParameterType).ToArray();
        Func<SipMessage, string, object?[]?>? arguments = given switch
        {
            [var text] when text == typeof(string) => (_, text) => [text, null],
            [var octets] when octets == typeof(ReadOnlyMemory<byte>) => (message, _) => [message.Body, null],
            [var message] when message == typeof(SipMessage) => (message, _) => [message, null],
            [var type, var octets] when type == typeof(MediaType) && octets == typeof(ReadOnlyMemory<byte>) => (message, _) => message.ContentType is { } media ? [media, message.Body, null] : null,
            [var type, var octets] when type == typeof(string) && octets == typeof(ReadOnlyMemory<byte>) => (message, _) => message.Headers.Get("Content-Type") is { } media ? [media, message.Body, null] : null,
            _ => null,
        };
        if (arguments is null)
            return null;
        return (message, text) => arguments(message, text) is { } all && method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, all, null) is true ? all[^1] : null;
    }
}
