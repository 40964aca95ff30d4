namespace Rx.Sip.Messages.Bodies;

/// <summary>What came of reading a body: what it says, or what is wrong.</summary>
public abstract record BodyResult<T>
    where T : class
{
    private BodyResult()
    {
    }

    /// <summary>The body could be read.</summary>
    /// <param name="Value">What it says.</param>
    public sealed record Parsed(T Value) : BodyResult<T>;

    /// <summary>The body could not be read.</summary>
    /// <param name="Error">What is wrong, and where.</param>
    public sealed record Malformed(BodyError Error) : BodyResult<T>;

    /// <summary>Calls the function for the case at hand.</summary>
    public TResult Match<TResult>(Func<T, TResult> parsed, Func<BodyError, TResult> malformed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(malformed);
        return this switch
        {
            Parsed yes => parsed(yes.Value),
            Malformed no => malformed(no.Error),
            _ => throw new InvalidOperationException("The hierarchy is closed."),
        };
    }

    internal T? ValueOrNull => (this as Parsed)?.Value;

    internal T ValueOrThrow(string what) =>
        Match(value => value, error => throw new FormatException($"This is no {what}: {error}."));
}
