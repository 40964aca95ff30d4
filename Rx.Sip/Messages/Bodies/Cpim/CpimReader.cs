using System.Collections.Immutable;
using System.Text.Unicode;

namespace Rx.Sip.Messages.Bodies.Cpim;

/// <summary>Reads <c>message/cpim</c> (RFC 3862 §2): header lines, an empty line, and a MIME entity to the end.</summary>
internal static class CpimReader
{
    public static BodyResult<CpimMessage> Read(ReadOnlyMemory<byte> body, BodyLimits limits)
    {
        var octets = body.Span;
        var lines = new LineReader(octets);
        var headers = ImmutableArray.CreateBuilder<CpimHeader>();
        while (lines.TryNext() && !lines.Line.IsEmpty)
        {
            if (headers.Count == limits.MaxHeaders)
                return Malformed(lines.Error($"The message has more than {limits.MaxHeaders} headers"));
            if (!Utf8.IsValid(lines.Line) || lines.Line.ContainsAny((byte)'\r', (byte)'\0'))
                return Malformed(lines.Error("A header line is not UTF-8, or holds a stray carriage return or NUL"));
            if (!CpimHeader.TryParse(Grammar.Text(lines.Line), out var header))
                return Malformed(lines.Error("A header line has no name or no colon"));
            headers.Add(header);
        }
        if (lines.Number == 0 || !lines.Line.IsEmpty)
            return Malformed(lines.Error("The empty line behind the headers is missing"));
        return PartHeaders.TryRead(octets, lines.Next, octets.Length, limits, out var fields, out var content, out var error)
            ? new BodyResult<CpimMessage>.Parsed(new CpimMessage(headers.DrainToImmutable(), new ContentDescription(fields, body[content..])))
            : Malformed(error);
    }

    private static BodyResult<CpimMessage> Malformed(BodyError error) => new BodyResult<CpimMessage>.Malformed(error);
}
