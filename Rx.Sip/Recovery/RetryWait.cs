namespace Rx.Sip.Recovery;

/// <summary>A wait before another try.</summary>
/// <param name="Due">When the try begins.</param>
/// <param name="Attempt">Its number; the first try was number 1, and so is the next after a success.</param>
/// <param name="Cause">What went wrong.</param>
public sealed record RetryWait(DateTimeOffset Due, int Attempt, Exception Cause)
{
    /// <summary>For example <c>attempt 3 at 12:00:30 (The connection was closed.)</c>.</summary>
    public override string ToString() => $"attempt {Attempt} at {Due:HH:mm:ss} ({Cause.Message})";
}
