namespace Rx.Sip.Messages;

/// <summary>
/// A request that is not written yet: all it says is settled, so that it may be written at any time, with a Via in front or without, and as often as
/// somebody wants. Most requests are written once, when it is known where they leave from.
/// </summary>
internal abstract class RequestDraft
{
    /// <summary>The method.</summary>
    public abstract SipMethod Method { get; }

    /// <summary>Whether the Request-URI is <c>sips</c>.</summary>
    public abstract bool IsSecure { get; }

    /// <summary>No less than the octets of the request without Via.</summary>
    public abstract int LengthAtMost { get; }

    /// <summary>Writes the request; an empty <paramref name="via"/> writes none. What can't be written is refused where the draft is made.</summary>
    public abstract SipRequest Write(ReadOnlySpan<byte> via);
}
