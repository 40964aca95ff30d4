namespace Rx.Sip.Messages;

/// <summary>Why a request is not taken, and the answer that says so.</summary>
/// <param name="Status">The status code of the answer.</param>
/// <param name="Reason">The reason phrase of the answer.</param>
internal sealed record Verdict(int Status, string Reason)
{
    /// <summary>Status and reason.</summary>
    public override string ToString() => $"{Status} {Reason}";
}
