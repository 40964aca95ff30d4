using System.Net;

namespace Rx.Sip.Transports;

/// <summary>What a connection is found again by (RFC 3261 §18.1.1): transport and remote address.</summary>
internal readonly record struct FlowKey(SipTransportType Transport, IPEndPoint Remote);
