using System.Collections.Immutable;
using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>A message taken apart, to be put together otherwise: start line, fields, body, all of them octets.</summary>
internal sealed record MessageDraft(string StartLine, ImmutableArray<DraftField> Fields, string Body)
{
    private const string ContentLength = "Content-Length";

    /// <summary>The method of a request; empty for a response.</summary>
    public string Method => StartLine.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase) ? "" : StartLine.Split(' ')[0];

    public static MessageDraft Of(SipMessage message)
    {
        var octets = message.Bytes.Span;
        var head = Octets.Of(octets[..^message.Body.Length]);
        var lines = new List<string>();
        foreach (var line in head.Split('\n').SkipLast(2).Select(line => line.TrimEnd('\r')))
        {
            if (lines.Count > 1 && line is [' ' or '\t', ..])
                lines[^1] += "\r\n" + line;
            else
                lines.Add(line);
        }
        return new MessageDraft(lines[0], [.. lines.Skip(1).Select(DraftField.Read)], Octets.Of(message.Body.Span));
    }

    public string? ValueOf(string longName) => Fields.FirstOrDefault(field => field.Is(longName))?.Unfolded;

    public bool Has(string longName) => Fields.Any(field => field.Is(longName));

    /// <summary>The same with another body, and the length that it has.</summary>
    public MessageDraft WithBody(string body)
    {
        var index = IndexOf(ContentLength);
        return this with
        {
            Body = body,
            Fields = index < 0 ? Fields : Fields.SetItem(index, Fields[index] with { Value = Words.Plain(body.Length) }),
        };
    }

    /// <summary>The same with another value for the first field of that name.</summary>
    public MessageDraft With(string longName, string value) =>
        IndexOf(longName) is >= 0 and var index
            ? this with { Fields = Fields.SetItem(index, Fields[index] with { Value = value }) }
            : WithAdded(longName, value);

    /// <summary>The same with one more field at the end.</summary>
    public MessageDraft WithAdded(string name, string value) => this with { Fields = Fields.Add(new DraftField(name, value)) };

    public MessageDraft Without(string longName) => this with { Fields = Fields.RemoveAll(field => field.Is(longName)) };

    public byte[] ToOctets() => Octets.ToArray(ToString());

    /// <summary>The message; null when what was put together is none.</summary>
    public SipMessage? TryMake() => SipParser.Parse(ToOctets()) is SipParseResult.Parsed parsed ? parsed.Message : null;

    /// <summary>The message; throws when the parser refuses what a generator made.</summary>
    public T Make<T>() where T : SipMessage => SipParser.Parse(ToOctets()) switch
    {
        SipParseResult.Parsed { Message: T message } => message,
        var other => throw new InvalidOperationException($"{other}:\n{this}"),
    };

    public override string ToString()
    {
        var text = new StringBuilder(StartLine).Append("\r\n");
        foreach (var field in Fields)
            text.Append(field.Name).Append(field.Separator).Append(field.Value).Append("\r\n");
        return text.Append("\r\n").Append(Body).ToString();
    }

    private int IndexOf(string longName)
    {
        for (var i = 0; i < Fields.Length; i++)
            if (Fields[i].Is(longName))
                return i;
        return -1;
    }
}
