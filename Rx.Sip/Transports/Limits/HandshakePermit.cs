namespace Rx.Sip.Transports.Limits;

/// <summary>A peer's leave to shake hands, until it is done with it. Given back once, whoever gives it back.</summary>
internal sealed class HandshakePermit(HandshakeLimit limit, SourceKey source)
{
    private int _returned;

    /// <summary>The handshake begins; it is over when the result is disposed, and late when it is not in time.</summary>
    public IDisposable Begin(Action late) => limit.Begin(this, late);

    public void Return()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
            limit.Return(source);
    }
}
