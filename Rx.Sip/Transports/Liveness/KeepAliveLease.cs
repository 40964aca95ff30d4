namespace Rx.Sip.Transports.Liveness;

/// <summary>Somebody's wish that a flow be kept alive; disposing takes it back. Inside the mailbox only.</summary>
internal sealed class KeepAliveLease(FlowKeepAlive keepAlive, KeepAliveTerms terms, Action moved) : IDisposable
{
    /// <summary>The terms wished for. A change holds from now on.</summary>
    public KeepAliveTerms Terms
    {
        get => terms;
        set
        {
            terms = value;
            keepAlive.Review();
        }
    }

    /// <summary>The peer now sees the flow coming from another address.</summary>
    public void Tell() => moved();

    public void Dispose() => keepAlive.Leave(this);
}
