using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies;

/// <summary>Reads the header fields in front of a MIME entity (RFC 2045 §3, RFC 2046 §5.1): lines up to an empty one, or to the end.</summary>
internal static class PartHeaders
{
    /// <summary>Reads the fields of the entity that begins at <paramref name="start"/>; <paramref name="body"/> is where its body begins.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> octets, int start, int end, BodyLimits limits,
        out ImmutableArray<SipHeader> headers, out int body, [NotNullWhen(false)] out BodyError? error)
    {
        var entity = octets[start..end];
        var fields = ImmutableArray.CreateBuilder<SipHeader>(4);
        var lines = new LineReader(entity);
        var (field, fieldEnd) = (-1, -1);
        string? problem = null;
        while (problem is null && lines.TryNext() && !lines.Line.IsEmpty)
        {
            if (Grammar.IsWhite(lines.Line[0]))
                problem = field < 0 ? "The first header line of a part begins with white space" : null;
            else if (field < 0 || (problem = Add(fields, entity[field..fieldEnd], limits)) is null)
                field = lines.Offset;
            fieldEnd = lines.Offset + lines.Line.Length;
        }
        var place = field < 0 ? lines.Offset : field;
        if (problem is null && field >= 0)
            problem = Add(fields, entity[field..fieldEnd], limits);
        headers = fields.DrainToImmutable();
        body = start + lines.Next;
        error = problem is null ? null : BodyError.At(octets, start + place, problem);
        return error is null;
    }

    // Null when the field is in order, else what is wrong with it.
    private static string? Add(ImmutableArray<SipHeader>.Builder fields, ReadOnlySpan<byte> field, BodyLimits limits)
    {
        var colon = field.IndexOf((byte)':');
        var name = colon < 0 ? default : Grammar.Trim(field[..colon]);
        if (!Grammar.IsToken(name))
            return "A header line of a part has no name or no colon";
        var value = field[(colon + 1)..];
        if (value.Contains((byte)'\n'))
            value = Grammar.Unfold(value);
        if (value.ContainsAny((byte)'\r', (byte)'\0'))
            return "A header line of a part holds a stray carriage return or NUL";
        if (fields.Count == limits.MaxHeaders)
            return $"A part has more than {limits.MaxHeaders} header fields";
        fields.Add(new SipHeader(Grammar.Text(name), Grammar.Text(Grammar.Trim(value))));
        return null;
    }
}
