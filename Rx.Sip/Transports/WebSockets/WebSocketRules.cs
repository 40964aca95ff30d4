using Rx.Sip.Transports.Limits;

namespace Rx.Sip.Transports.WebSockets;

/// <summary>What holds for all WebSockets of a transport.</summary>
/// <param name="Path">The path asked for when we call.</param>
/// <param name="MaxMessageOctets">How large a message may become.</param>
/// <param name="Guard">What all transports of a manager share.</param>
internal sealed record WebSocketRules(string Path, int MaxMessageOctets, TrafficGuard Guard);
