using Microsoft.Extensions.Logging;

namespace Rx.Sip.Diagnostics;

/// <summary>What connection managers and transports log. What peers can cause as often as they like is no more than Debug.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(1, LogLevel.Trace, "Received over {Flow}:\n{Message}")]
    public static partial void Received(this ILogger log, object flow, string message);

    [LoggerMessage(2, LogLevel.Trace, "Sent over {Flow}:\n{Message}")]
    public static partial void Sent(this ILogger log, object flow, string message);

    [LoggerMessage(3, LogLevel.Debug, "No message over {Flow}: {Defect}")]
    public static partial void Malformed(this ILogger log, object flow, object defect);

    [LoggerMessage(4, LogLevel.Debug, "Opened {Flow}")]
    public static partial void Opened(this ILogger log, object flow);

    [LoggerMessage(5, LogLevel.Debug, "Closed {Flow}")]
    public static partial void Closed(this ILogger log, object flow);

    [LoggerMessage(6, LogLevel.Information, "Lost {Flow}: {Reason}")]
    public static partial void Lost(this ILogger log, object flow, string reason);

    [LoggerMessage(13, LogLevel.Debug, "Lost {Flow}: {Reason}")]
    public static partial void LostPeer(this ILogger log, object flow, string reason);

    [LoggerMessage(7, LogLevel.Debug, "Refused {Flow} for {Limit}")]
    public static partial void Refused(this ILogger log, object flow, TrafficLimit limit);

    [LoggerMessage(8, LogLevel.Information, "Listening on {Address}")]
    public static partial void Listening(this ILogger log, object address);

    [LoggerMessage(9, LogLevel.Information, "Stopped listening on {Address}")]
    public static partial void StoppedListening(this ILogger log, object address);

    [LoggerMessage(10, LogLevel.Warning, "{Count} messages wait: new requests are refused and connections read no more for now")]
    public static partial void Overloaded(this ILogger log, int count);

    [LoggerMessage(11, LogLevel.Information, "The overload is over")]
    public static partial void OverloadOver(this ILogger log);

    [LoggerMessage(12, LogLevel.Error, "Something threw inside the protocol; it goes on")]
    public static partial void Unexpected(this ILogger log, Exception error);
}
