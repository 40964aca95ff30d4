using System.Collections.Immutable;

namespace Rx.Sip.Tests.Interop;

/// <summary>Who takes part in a SIPp scenario, and how.</summary>
public sealed record SippOptions
{
    /// <summary>The user SIPp plays.</summary>
    public string User { get; init; } = "alice";

    public string? Password { get; init; }

    /// <summary>The user SIPp calls.</summary>
    public string Peer { get; init; } = "bob";

    public string Domain { get; init; } = "rxsip.test";

    /// <summary><c>udp</c> or <c>tcp</c>: this SIPp knows no other.</summary>
    public string Transport { get; init; } = "udp";

    /// <summary>How often the scenario is played before SIPp ends.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>The local port; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>SIPp gives up, and fails, after this time.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Further options of SIPp's own, for instance <c>-d 500</c> or <c>-r 50</c>.</summary>
    public ImmutableArray<string> More { get; init; } = [];
}
