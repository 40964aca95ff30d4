namespace Rx.Sip.Messages;

/// <summary>The parts of a Via value as slices, for the path of every message, where no text is made.</summary>
internal readonly ref struct ViaSyntax
{
    public ReadOnlySpan<byte> Transport { get; private init; }

    public ReadOnlySpan<byte> SentBy { get; private init; }

    /// <summary>What stands behind the first semicolon.</summary>
    public ReadOnlySpan<byte> Parameters { get; private init; }

    public ReadOnlySpan<byte> Branch => Parameter("branch"u8, out var value) ? value : default;

    /// <summary>Finds a parameter; its value is empty when it is a flag.</summary>
    public bool Parameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => ParameterReader.TryFind(Parameters, name, out value);

    /// <summary>Whether all of it can be read: the parts, the sent-by, the parameters.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> text) =>
        TryRead(text, out var via) && HostPort.TryRead(via.SentBy, out _) && ParameterReader.IsReadable(via.Parameters);

    public static bool TryRead(ReadOnlySpan<byte> text, out ViaSyntax via)
    {
        via = default;
        // sent-protocol: three tokens between slashes, white space allowed around them (RFC 3261 §25.1); nearly always it is this.
        var protocol = text.StartsWith("SIP/2.0/"u8) ? "SIP/2.0/"u8.Length : EndOfVersion(text);
        if (protocol < 0)
            return false;
        var rest = Grammar.Trim(text[protocol..]);
        var space = rest.IndexOfAny((byte)' ', (byte)'\t');
        if (space <= 0 || !Grammar.IsToken(rest[..space]))
            return false;
        var sentBy = Grammar.Trim(rest[space..]);
        var semicolon = Grammar.IndexOutside(sentBy, (byte)';');
        via = new ViaSyntax
        {
            Transport = rest[..space],
            SentBy = Grammar.Trim(semicolon < 0 ? sentBy : sentBy[..semicolon]),
            Parameters = semicolon < 0 ? default : sentBy[(semicolon + 1)..],
        };
        return !via.SentBy.IsEmpty;
    }

    private static int EndOfVersion(ReadOnlySpan<byte> text)
    {
        var slash = text.IndexOf((byte)'/');
        var second = slash < 0 ? -1 : text[(slash + 1)..].IndexOf((byte)'/');
        return second >= 0 && Grammar.IsToken(Grammar.Trim(text[..slash])) && Grammar.IsToken(Grammar.Trim(text.Slice(slash + 1, second)))
            ? slash + second + 2
            : -1;
    }

    /// <summary>How many Via values a message has.</summary>
    public static int Count(MessageFrame frame)
    {
        var count = 0;
        for (var i = frame.IndexOf(HeaderId.Via); i >= 0; i = frame.IndexOf(HeaderId.Via, i + 1))
        {
            var list = frame.ValueOf(frame.Slots[i]);
            while (Grammar.TryNext(ref list, out _))
                count++;
        }
        return count;
    }

    /// <summary>Reads the topmost Via of a message.</summary>
    public static bool TryReadTop(MessageFrame frame, out ViaSyntax via)
    {
        via = default;
        if (!frame.TryFind(HeaderId.Via, out var list))
            return false;
        var comma = list.Contains((byte)',') ? Grammar.IndexOutside(list, (byte)',') : -1;
        return TryRead(comma < 0 ? list : Grammar.Trim(list[..comma]), out via);
    }
}
