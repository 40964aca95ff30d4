using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rx.Sip.Messages.Bodies.Mime;

/// <summary>
/// Finds the parts between boundary delimiters (RFC 2046 §5.1.1). A delimiter is a whole line: two hyphens, the boundary, two more
/// hyphens behind the last part, white space. A longer line that begins alike is content: the boundary of a nested multipart may be
/// a longer one. Line ends may be CRLF or LF.
/// </summary>
internal ref struct MultipartReader(ReadOnlyMemory<byte> body, string boundary, BodyLimits limits)
{
    private readonly ReadOnlySpan<byte> _octets = body.Span;
    private readonly byte[] _delimiter = Encoding.UTF8.GetBytes("--" + boundary);
    private int _delimiterStart;
    private int _next;
    private bool _isLast;

    public BodyResult<MimeMultipart> Read(string subtype, SipParameters parameters)
    {
        if (!TryDelimiter())
            return Malformed(0, "No line of the multipart is its boundary");
        var preamble = body[..EndBefore(_delimiterStart, 0)];
        var parts = ImmutableArray.CreateBuilder<ContentDescription>();
        while (!_isLast && _next < _octets.Length)
        {
            if (parts.Count == limits.MaxParts)
                return Malformed(_delimiterStart, $"The multipart has more than {limits.MaxParts} parts");
            if (!TryPart(out var part, out var error))
                return new BodyResult<MimeMultipart>.Malformed(error);
            parts.Add(part);
        }
        if (parts.Count == 0)
            return Malformed(_delimiterStart, "The multipart has no part");
        var epilogue = _isLast ? body[_next..] : default;
        return new BodyResult<MimeMultipart>.Parsed(
            new MimeMultipart(subtype, parameters, parts.DrainToImmutable(), boundary, preamble, epilogue, isTerminated: _isLast));
    }

    private bool TryPart([NotNullWhen(true)] out ContentDescription? part, [NotNullWhen(false)] out BodyError? error)
    {
        var start = _next;
        var end = TryDelimiter() ? EndBefore(_delimiterStart, start) : _octets.Length;
        part = PartHeaders.TryRead(_octets, start, end, limits, out var headers, out var content, out error)
            ? new ContentDescription(headers, body[content..end])
            : null;
        return part is not null;
    }

    // Moves behind the next delimiter; to the end when there is none.
    private bool TryDelimiter()
    {
        while (_octets[_next..].IndexOf(_delimiter) is >= 0 and var found)
        {
            _delimiterStart = _next + found;
            if ((_delimiterStart == 0 || _octets[_delimiterStart - 1] == '\n') && EndOfDelimiter(_delimiterStart + _delimiter.Length) is >= 0 and var end)
            {
                _next = end;
                return true;
            }
            _next = _delimiterStart + 1;
        }
        _next = _octets.Length;
        return false;
    }

    // Where what follows the delimiter's line begins; -1 when the line goes on.
    private int EndOfDelimiter(int position)
    {
        _isLast = _octets[position..].StartsWith("--"u8);
        var rest = _octets[(_isLast ? position + 2 : position)..].TrimStart(" \t"u8);
        if (rest is [(byte)'\r', (byte)'\n', ..])
            rest = rest[1..];
        var isWhole = rest.IsEmpty || rest[0] == '\n';
        _isLast &= isWhole;
        return isWhole ? _octets.Length - Math.Max(rest.Length - 1, 0) : -1;
    }

    // The line end in front of a delimiter belongs to it.
    private readonly int EndBefore(int delimiter, int start)
    {
        var end = Math.Max(delimiter - 1, start);
        return end > start && end < delimiter && _octets[end - 1] == '\r' ? end - 1 : end;
    }

    private readonly BodyResult<MimeMultipart> Malformed(int offset, string problem) =>
        new BodyResult<MimeMultipart>.Malformed(BodyError.At(_octets, offset, problem));
}
