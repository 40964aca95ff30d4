using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Cpim;

/// <summary>One header of a CPIM message (RFC 3862 §2.2, §3), kept as it was written.</summary>
/// <param name="Name">The name, its namespace prefix in front of a dot; letters count as written.</param>
/// <param name="Parameters">The parameters as written, each behind a semicolon: <c>;lang=fr</c>; empty when there are none.</param>
/// <param name="Value">The value as written, escapes included.</param>
public sealed record CpimHeader(string Name, string Parameters, string Value)
{
    /// <summary>The value without escapes.</summary>
    public string Text => CpimText.Unescape(Value);

    /// <summary>The language of the value (RFC 3862 §3.3); null when none is named.</summary>
    public string? Language => SipParameters.Read(System.Text.Encoding.UTF8.GetBytes(Parameters))?.Get("lang");

    /// <summary>A header whose value is that text: what has to be is escaped.</summary>
    public static CpimHeader Create(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new CpimHeader(name, "", CpimText.Escape(text, isQuoted: false));
    }

    /// <summary>Reads a header line; false when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CpimHeader? header)
    {
        header = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0 || !CpimText.IsName(text.AsSpan(0, colon)))
            return false;
        var rest = text![(colon + 1)..];
        var space = rest.StartsWith(';') ? EndOfParameters(rest) : 0;
        var value = rest[space..];
        header = new CpimHeader(text[..colon], rest[..space], value.StartsWith(' ') ? value[1..] : value);
        return true;
    }

    /// <summary>The header as on the wire.</summary>
    public override string ToString() => $"{Name}:{Parameters} {Value}";

    private static int EndOfParameters(string text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ' && !isQuoted)
                return i;
            if (text[i] == '\\' && isQuoted)
                i++;
            else if (text[i] == '"')
                isQuoted = !isQuoted;
        }
        return text.Length;
    }
}
