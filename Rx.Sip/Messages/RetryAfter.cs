namespace Rx.Sip.Messages;

/// <summary>Retry-After: how long to leave the sender alone (RFC 3261 §20.33).</summary>
/// <param name="Delay">How long to wait.</param>
/// <param name="Parameters">Parameters, for example <c>duration</c>.</param>
public sealed record RetryAfter(TimeSpan Delay, SipParameters Parameters)
{
    internal static RetryAfter? Read(MessageFrame frame, HeaderId id)
    {
        if (!frame.TryFind(id, out var text))
            return null;
        // A comment may stand between the number and the parameters; it is of no use to a machine.
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var semicolon = Grammar.IndexOutside(text, (byte)';');
        return TypedHeaders.TrySeconds(digits < 0 ? text : text[..digits], out var delay)
            ? new RetryAfter(delay, (semicolon < 0 ? null : SipParameters.Read(text[(semicolon + 1)..])) ?? SipParameters.Empty)
            : null;
    }

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{(long)Delay.TotalSeconds}{Parameters}";
}
