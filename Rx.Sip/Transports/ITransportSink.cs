namespace Rx.Sip.Transports;

/// <summary>
/// Hears what happens on a transport. Calls about one flow come one after the other; those about several may come from
/// several threads at once. Implementations return quickly and never throw.
/// </summary>
public interface ITransportSink
{
    /// <summary>A flow stands: a peer's that was accepted, or one of ours that got through. Datagram flows are opened without a word.</summary>
    void Opened(ITransportFlow flow);

    /// <summary>Octets arrived: over UDP one datagram, else any part of the stream. The memory is good during the call only.</summary>
    void Received(ITransportFlow flow, ReadOnlySpan<byte> octets);

    /// <summary>The flow is over, or never came to stand. <paramref name="error"/> is null when we or the peer closed it in order.</summary>
    void Closed(ITransportFlow flow, Exception? error);
}
