namespace Rx.Sip.Messages.Bodies;

/// <summary>What is wrong with a body, and where.</summary>
/// <param name="Problem">The defect as a sentence, without a full stop.</param>
/// <param name="Line">The line where it was noticed, counted from 1.</param>
/// <param name="Offset">The octet where that line begins, from the start of the body.</param>
public sealed record BodyError(string Problem, int Line, int Offset)
{
    internal static BodyError At(ReadOnlySpan<byte> octets, int offset, string problem) =>
        new(problem, octets[..offset].Count((byte)'\n') + 1, offset);

    /// <summary>The defect and its place.</summary>
    public override string ToString() => $"{Problem} (line {Line}, octet {Offset})";
}
