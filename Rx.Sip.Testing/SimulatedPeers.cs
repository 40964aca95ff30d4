namespace Rx.Sip.Testing;

/// <summary>Two endpoints that speak to each other directly.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other one.</param>
public sealed record SimulatedPeers(SipPeerToPeerEndpoint First, SipPeerToPeerEndpoint Second);
