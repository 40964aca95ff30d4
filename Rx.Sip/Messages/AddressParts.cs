namespace Rx.Sip.Messages;

/// <summary>The parts of a <c>name-addr</c> or <c>addr-spec</c> as slices (RFC 3261 §20.10, §25.1). The URI is not looked into.</summary>
internal readonly ref struct AddressParts
{
    /// <summary>The display name with its quotes; empty when there is none.</summary>
    public ReadOnlySpan<byte> DisplayName { get; private init; }

    public ReadOnlySpan<byte> Uri { get; private init; }

    /// <summary>What stands behind the first semicolon of the header's own parameters.</summary>
    public ReadOnlySpan<byte> Parameters { get; private init; }

    /// <summary>The <c>tag</c> parameter of From and To; empty when there is none.</summary>
    public ReadOnlySpan<byte> Tag => ParameterReader.TryFind(Parameters, "tag"u8, out var tag) ? tag : default;

    public static bool TryRead(ReadOnlySpan<byte> text, out AddressParts parts)
    {
        parts = default;
        text = Grammar.Trim(text);
        if (!TryOpening(text, out var open))
            return false;
        if (open < 0)
        {
            // Without brackets every parameter is the header's, RFC 3261 §20.10.
            var semicolon = text.IndexOf((byte)';');
            parts = new AddressParts
            {
                Uri = Grammar.Trim(semicolon < 0 ? text : text[..semicolon]),
                Parameters = semicolon < 0 ? default : text[(semicolon + 1)..],
            };
            return true;
        }
        var close = text[open..].IndexOf((byte)'>');
        if (close < 0)
            return false;
        var rest = Grammar.Trim(text[(open + close + 1)..]);
        parts = new AddressParts
        {
            DisplayName = Grammar.Trim(text[..open]),
            Uri = text.Slice(open + 1, close - 1),
            Parameters = rest.IsEmpty ? default : rest[1..],
        };
        return rest.IsEmpty || rest[0] == ';';
    }

    // Finds the bracket that opens the URI; -1 when there is none. False when what stands in front of it is no display name.
    private static bool TryOpening(ReadOnlySpan<byte> text, out int open)
    {
        if (text is [(byte)'"', ..])
        {
            var behind = Grammar.EndOfQuoted(text, 0);
            if (behind > 0 && text[behind..] is [(byte)' ', (byte)'<', ..])
            {
                open = behind + 1;
                return true;
            }
            open = behind < 0 ? -1 : text[behind..].IndexOf((byte)'<') + behind;
            return behind >= 0 && open >= behind && Grammar.Trim(text[behind..open]).IsEmpty;
        }
        // Neither tokens nor the part of a URI in front of its parameters hold these.
        open = text.IndexOfAny((byte)'<', (byte)';', (byte)'"');
        if (open >= 0 && text[open] != '<')
            open = -1;
        return open < 0 || IsUnquotedName(text[..open]);
    }

    private static bool IsUnquotedName(ReadOnlySpan<byte> name)
    {
        foreach (var octet in name)
            if (!Grammar.IsWhite(octet) && octet < 0x80 && !Grammar.Token.Contains(octet))
                return false;
        return true;
    }
}
