using System.Net;

namespace Rx.Sip.Transports;

/// <summary>What a resolver answers: the targets in the order in which they are to be tried, and how long that holds.</summary>
public sealed class SipTargetList
{
    /// <summary>A list that holds for that long.</summary>
    /// <param name="targets">The targets, the first to be tried first; may be empty.</param>
    /// <param name="timeToLive">How long the list may be used before it is asked for again; zero: this once.</param>
    /// <param name="problem">Why there is no target, in words; null when there is one.</param>
    public SipTargetList(IReadOnlyList<SipTarget> targets, TimeSpan timeToLive, string? problem)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToLive, TimeSpan.Zero);
        (Targets, TimeToLive, Problem) = (targets, timeToLive, problem);
    }

    /// <summary>The targets, the first to be tried first; empty when the name is unknown or can't be looked up now.</summary>
    public IReadOnlyList<SipTarget> Targets { get; }

    /// <summary>How long the list may be used before it is asked for again; zero: this once.</summary>
    public TimeSpan TimeToLive { get; }

    /// <summary>Why there is no target, in words for people; null when there is one.</summary>
    public string? Problem { get; }

    /// <summary>The targets, or the problem.</summary>
    public override string ToString() => Problem ?? string.Join(", ", Targets);

    /// <summary>No target, for a reason.</summary>
    internal static SipTargetList None(string problem, TimeSpan timeToLive) => new([], timeToLive, problem);

    /// <summary>Answers a query whose host has these addresses and no other records.</summary>
    internal static SipTargetList Of(SipTargetQuery query, IReadOnlyList<IPAddress> addresses, TimeSpan timeToLive)
    {
        if (query.TransportWithoutRecords is not { } transport)
            return None(NoTransport(query), timeToLive);
        if (addresses.Count == 0)
            return None($"{query.Host} is not known", timeToLive);
        var port = DefaultPort.Or(query.Port, transport);
        return new([.. addresses.Select(address => new SipTarget(transport, new IPEndPoint(address, port), query.Host))], timeToLive, null);
    }

    internal static string NoTransport(SipTargetQuery query) => $"no transport that can be used will do for {query}";
}
