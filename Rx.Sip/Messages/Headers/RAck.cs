namespace Rx.Sip.Messages.Headers;

/// <summary>RAck: the reliable provisional response that a PRACK acknowledges (RFC 3262 §7.2).</summary>
/// <param name="ResponseNumber">The response's RSeq.</param>
/// <param name="CSeq">The response's CSeq.</param>
public readonly record struct RAck(uint ResponseNumber, CSeq CSeq)
{
    /// <summary>Reads a RAck value; false when the text is none.</summary>
    public static bool TryParse(string? text, out RAck value) => HeaderText.TryParse(text, TryRead, out value);

    /// <summary>Reads a RAck value. Throws <see cref="FormatException"/> when the text is none.</summary>
    public static RAck Parse(string text) => HeaderText.Parse<RAck>(text, TryRead);

    internal static bool TryRead(ReadOnlySpan<byte> text, out RAck value)
    {
        value = default;
        var space = text.IndexOfAny((byte)' ', (byte)'\t');
        if (space < 0 || !Shapes.TryNumber(text[..space], out var number) || !CSeq.TryRead(Grammar.Trim(text[space..]), out var sequence))
            return false;
        value = new RAck(number, sequence);
        return true;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{ResponseNumber} {CSeq}";
}
