using Microsoft.Extensions.Logging;

namespace Rx.Sip.Diagnostics;

/// <summary>What endpoints log.</summary>
internal static partial class EndpointLog
{
    [LoggerMessage(40, LogLevel.Error, "An observer of {Endpoint} threw; nothing else stops")]
    public static partial void ObserverThrew(this ILogger log, object endpoint, Exception error);

    [LoggerMessage(41, LogLevel.Debug, "Nobody answered {Request} in time")]
    public static partial void Unanswered(this ILogger log, object request);

    [LoggerMessage(42, LogLevel.Debug, "{Endpoint} does not watch {Package} any more: {Reason}")]
    public static partial void WatchEnded(this ILogger log, object endpoint, string package, object reason);
}
