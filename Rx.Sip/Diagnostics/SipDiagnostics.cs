namespace Rx.Sip.Diagnostics;

/// <summary>The names under which a host finds what the library tells of itself.</summary>
public static class SipDiagnostics
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>s (one per connection manager).</summary>
    public const string Name = "Rx.Sip";
}
