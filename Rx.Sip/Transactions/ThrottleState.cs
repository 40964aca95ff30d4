namespace Rx.Sip.Transactions;

/// <summary>How busy an endpoint's throttle is.</summary>
/// <param name="InFlight">Transactions that run.</param>
/// <param name="Queued">Requests that wait for one of them to end.</param>
public readonly record struct ThrottleState(int InFlight, int Queued)
{
    /// <summary>For example <c>20 in flight, 3 queued</c>.</summary>
    public override string ToString() => $"{InFlight} in flight, {Queued} queued";
}
