namespace Rx.Sip.Messages;

/// <summary>What came of parsing: a message, or what is wrong.</summary>
public abstract record SipParseResult
{
    private SipParseResult()
    {
    }

    /// <summary>The octets are a message.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Parsed(SipMessage Message) : SipParseResult;

    /// <summary>The octets are none.</summary>
    /// <param name="Error">What is wrong, and where.</param>
    public sealed record Malformed(SipParseError Error) : SipParseResult;

    /// <summary>Calls the function for the case at hand.</summary>
    public T Match<T>(Func<SipMessage, T> parsed, Func<SipParseError, T> malformed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(malformed);
        return this switch
        {
            Parsed yes => parsed(yes.Message),
            Malformed no => malformed(no.Error),
            _ => throw new InvalidOperationException("The hierarchy is closed."),
        };
    }
}
