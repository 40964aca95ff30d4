namespace Rx.Sip.Messages;

/// <summary>One header field: its name as it was spelled, and its value with folds and surrounding white space removed.</summary>
/// <param name="Name">The name as it stands in the message, compact forms included.</param>
/// <param name="Value">The value, UTF-8 decoded; a comma-separated list stays one value.</param>
public readonly record struct SipHeader(string Name, string Value)
{
    /// <summary>The field as a header line without its line end.</summary>
    public override string ToString() => $"{Name}: {Value}";
}
