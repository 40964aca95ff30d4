using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>
/// Reads a session description (RFC 8866 §5, §9). Lines may end with LF alone, empty lines may stand in front and behind, as phones
/// send them, and the order of lines within a section is not insisted on; v=, o=, s= and t= are, and every line whose type is known has to
/// be readable.
/// </summary>
internal ref struct SdpReader(ReadOnlySpan<byte> octets, BodyLimits limits)
{
    // RFC 8866 §5: text is UTF-8 unless a=charset says otherwise. Latin 1 gives each octet a letter and back, so nothing is lost.
    private readonly bool _isLatin = !Utf8.IsValid(octets);
    private LineReader _lines = new(octets);
    private readonly ImmutableArray<SdpMediaDescription>.Builder _media = ImmutableArray.CreateBuilder<SdpMediaDescription>();
    private readonly ImmutableArray<SdpLine>.Builder _section = ImmutableArray.CreateBuilder<SdpLine>(16);
    private ImmutableArray<SdpLine> _session;
    private SdpMediaLine? _mediaLine;
    private bool _hasOrigin;
    private bool _hasName;
    private bool _hasTime;

    private readonly bool IsAtStart => _section.Count == 0 && _session.IsDefault;

    public static BodyResult<SdpDescription> Read(ReadOnlySpan<byte> octets, BodyLimits limits) => new SdpReader(octets, limits).Read();

    private BodyResult<SdpDescription> Read()
    {
        while (_lines.TryNext())
        {
            if (_lines.Line.IsEmpty && IsAtStart)
                continue;
            if (_lines.Line.IsEmpty)
            {
                var gap = Malformed("An empty line stands in the description");
                if (!IsBlank())
                    return gap;
                break;
            }
            if (Problem() is { } problem)
                return Malformed(problem);
        }
        EndSection();
        return _session.IsDefault ? Malformed("The description is empty")
            : Missing() is { } missing ? Malformed($"The description has no {missing}= line")
            : new BodyResult<SdpDescription>.Parsed(new SdpDescription(_session, _media.DrainToImmutable(), _isLatin));
    }

    // Null when the line is in order and taken, else what is wrong with it.
    private string? Problem()
    {
        var line = _lines.Line;
        if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetter((char)line[0]))
            return "A line is no letter, equals sign and value";
        if (line.ContainsAny((byte)'\r', (byte)'\0'))
            return "A line holds a stray carriage return or NUL";
        if (_lines.Number > limits.MaxLines)
            return $"The description has more than {limits.MaxLines} lines";
        var type = (char)line[0];
        if (IsAtStart != (type == 'v'))
            return "The first line, and no other, is v=";
        if (type == 'm')
            EndSection();
        var value = (_isLatin ? Encoding.Latin1 : Encoding.UTF8).GetString(line[2..]);
        if (_session.IsDefault && IsSecond(type))
            return $"There is a second {type}= line";
        _section.Add(new SdpLine(type, value));
        return (type == 'm' ? SdpMediaLine.TryParse(value, out _mediaLine) : SdpSyntax.IsReadable(type, value)) ? null : $"The {type}= line can't be read";
    }

    // Notes the lines a session must have; of o= and s= there is one.
    private bool IsSecond(char type)
    {
        var isSecond = type == 'o' ? _hasOrigin : type == 's' && _hasName;
        _hasOrigin |= type == 'o';
        _hasName |= type == 's';
        _hasTime |= type == 't';
        return isSecond;
    }

    private void EndSection()
    {
        if (_section.Count == 0)
            return;
        if (_session.IsDefault)
            _session = _section.ToImmutable();
        else
            _media.Add(new SdpMediaDescription(_section.ToImmutable(), _mediaLine!));
        _section.Clear();
    }

    private readonly char? Missing() => !_hasOrigin ? 'o' : !_hasName ? 's' : !_hasTime ? 't' : null;

    private bool IsBlank()
    {
        while (_lines.TryNext())
            if (!_lines.Line.IsEmpty)
                return false;
        return true;
    }

    private readonly BodyResult<SdpDescription> Malformed(string problem) => new BodyResult<SdpDescription>.Malformed(_lines.Error(problem));
}
