using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators;

/// <summary>One message of a <see cref="DialogScript"/>.</summary>
/// <param name="IsFromInitiator">Whether it comes from who sent the first request; else it goes there.</param>
/// <param name="Message">The message.</param>
public sealed record DialogStep(bool IsFromInitiator, SipMessage Message)
{
    /// <summary>An arrow and the first line of the message.</summary>
    public override string ToString() => $"{(IsFromInitiator ? "-->" : "<--")} {Message}";
}
