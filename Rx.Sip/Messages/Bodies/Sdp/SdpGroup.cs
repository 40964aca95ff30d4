namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>Media that belong together (RFC 5888): an <c>a=group</c> attribute of the session.</summary>
/// <param name="Semantics"><c>BUNDLE</c>, <c>LS</c> or another.</param>
/// <param name="Identifications">The values of <c>a=mid</c> of the media that belong to it.</param>
public sealed record SdpGroup(string Semantics, System.Collections.Immutable.ImmutableArray<string> Identifications)
{
    /// <summary>Equal when semantics and identifications are.</summary>
    public bool Equals(SdpGroup? other) =>
        other is not null && Semantics == other.Semantics && Identifications.AsSpan().SequenceEqual(other.Identifications.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Semantics, Identifications.Length);

    /// <summary>The attribute's value.</summary>
    public override string ToString() => string.Join(' ', Identifications.Insert(0, Semantics));
}
