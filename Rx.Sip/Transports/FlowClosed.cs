namespace Rx.Sip.Transports;

/// <summary>A flow is over.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Error">What broke it; null when it was closed in order.</param>
internal readonly record struct FlowClosed(Flow Flow, Exception? Error);
