using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;

namespace Rx.Sip.Transports.Limits;

/// <summary>Which of <see cref="SipLimits"/> a message exceeds.</summary>
internal static class SizeLimits
{
    /// <summary>What octets exceed that are no message for that; null when it is something else.</summary>
    public static TrafficLimit? Of(SipParseError error, SipLimits limits) => error.Reason switch
    {
        SipParseReason.TooLarge when error.Readable?.ContentLength > limits.MaxBodyOctets => TrafficLimit.MaxBodyOctets,
        SipParseReason.TooLarge => TrafficLimit.MaxHeaderOctets,
        SipParseReason.TooManyHeaders => TrafficLimit.MaxHeaders,
        SipParseReason.TooManyParameters => TrafficLimit.MaxParameters,
        _ => null,
    };
}
