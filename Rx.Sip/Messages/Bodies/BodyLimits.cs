namespace Rx.Sip.Messages.Bodies;

/// <summary>
/// How much of a body is taken apart. What exceeds this is an error, so a peer can't make a small body grow into many objects. How many
/// octets a body may have is for <see cref="SipLimits"/> to say.
/// </summary>
public sealed record BodyLimits
{
    /// <summary>The default limits.</summary>
    public static BodyLimits Default { get; } = new();

    /// <summary>Parts of one multipart. Default 1,000.</summary>
    public int MaxParts { get; init; } = 1000;

    /// <summary>How deep multiparts may be nested. Default 10; what lies deeper stays whole.</summary>
    public int MaxDepth { get; init; } = 10;

    /// <summary>Header fields of one part or one CPIM message. Default 100.</summary>
    public int MaxHeaders { get; init; } = 100;

    /// <summary>Lines of one session description. Default 5,000.</summary>
    public int MaxLines { get; init; } = 5000;
}
