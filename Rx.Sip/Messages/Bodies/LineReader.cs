namespace Rx.Sip.Messages.Bodies;

/// <summary>
/// Walks over lines that end with CRLF or LF; what stands behind the last line end is a line too, unless it is empty. A Content-Length
/// that is one short leaves a CR at the end: that ends a line as well.
/// </summary>
internal ref struct LineReader(ReadOnlySpan<byte> octets)
{
    private readonly ReadOnlySpan<byte> _octets = octets;

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>The line's number, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Where the line begins.</summary>
    public int Offset { get; private set; }

    /// <summary>Where what follows the line begins.</summary>
    public int Next { get; private set; }

    public bool TryNext()
    {
        if (Next >= _octets.Length)
            return false;
        Offset = Next;
        Number++;
        var rest = _octets[Offset..];
        var end = rest.IndexOf((byte)'\n');
        Line = end < 0 ? rest : rest[..end];
        Next = end < 0 ? _octets.Length : Offset + end + 1;
        if (Line is [.., (byte)'\r'])
            Line = Line[..^1];
        return true;
    }

    public readonly BodyError Error(string problem) => new(problem, Math.Max(Number, 1), Offset);
}
