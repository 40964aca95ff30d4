namespace Rx.Sip.Testing;

/// <summary>What became of something sent over the simulated network.</summary>
public enum TrafficOutcome
{
    /// <summary>It is still on its way.</summary>
    Underway,

    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>It never will.</summary>
    Lost,
}
