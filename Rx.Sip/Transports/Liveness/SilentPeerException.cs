namespace Rx.Sip.Transports.Liveness;

/// <summary>The peer did not answer a keep-alive: the flow has failed (RFC 5626 §4.4).</summary>
internal sealed class SilentPeerException() : IOException("the peer does not answer keep-alives any more");
