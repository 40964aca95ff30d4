namespace Rx.Sip.Transports.Liveness;

/// <summary>Somebody's wish that a flow be kept alive; disposing takes it back. Inside the mailbox only.</summary>
/// <param name="keepAlive">What keeps the flow alive.</param>
/// <param name="terms">How.</param>
/// <param name="moved">A static lambda, so that a lease needs no closure: told with <paramref name="owner"/> when the peer sees the flow coming from another address.</param>
/// <param name="owner">Whose wish it is.</param>
internal sealed class KeepAliveLease(FlowKeepAlive keepAlive, KeepAliveTerms terms, Action<object> moved, object owner) : IDisposable
{
    /// <summary>The terms wished for. A change holds from now on.</summary>
    public KeepAliveTerms Terms
    {
        get => terms;
        set
        {
            if (terms == value)
                return;
            var before = terms;
            terms = value;
            keepAlive.Change(this, before);
        }
    }

    /// <summary>Whether the wish still holds.</summary>
    public bool Holds { get; set; }

    public KeepAliveLease? Previous { get; set; }

    public KeepAliveLease? Next { get; set; }

    /// <summary>The peer now sees the flow coming from another address.</summary>
    public void Tell() => moved(owner);

    public void Dispose() => keepAlive.Leave(this);
}
