namespace Rx.Sip.Transports.Stun;

/// <summary>What ties a response to its request: 96 random bits (RFC 5389 §6).</summary>
internal readonly record struct StunId(ulong High, uint Low);
