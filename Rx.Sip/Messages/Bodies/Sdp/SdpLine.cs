namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>One line of a session description (RFC 8866 §5).</summary>
/// <param name="Type">The letter in front of the equals sign.</param>
/// <param name="Value">What stands behind it.</param>
public readonly record struct SdpLine(char Type, string Value)
{
    /// <summary>The line without its end.</summary>
    public override string ToString() => $"{Type}={Value}";
}
