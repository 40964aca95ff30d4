namespace Rx.Sip.Testing;

/// <summary>
/// How well a network carries. Everything may be changed while time runs; it holds for what is sent from then on. A new one is
/// perfect: no delay, no loss.
/// </summary>
public sealed class NetworkConditions
{
    /// <summary>How long octets travel at least. Default zero.</summary>
    public TimeSpan Latency { get; set => field = NotNegative(value); }

    /// <summary>
    /// How much longer they may travel: between nothing and this, evenly spread. Jitter alone never lets one datagram
    /// overtake another; <see cref="Reordering"/> does. Default zero.
    /// </summary>
    public TimeSpan Jitter { get; set => field = NotNegative(value); }

    /// <summary>
    /// The share of datagrams that are lost, 0 to 1. On a stream nothing is lost, but what meets this chance arrives later by
    /// a retransmission of TCP: 200 ms the first time, then doubled, up to six times. Default zero.
    /// </summary>
    public double Loss { get; set => field = Share(value); }

    /// <summary>The share of datagrams that arrive twice, each copy on its own time. Default zero.</summary>
    public double Duplication { get; set => field = Share(value); }

    /// <summary>The share of datagrams that are held back by up to 100 ms more, so that later ones overtake them. Default zero.</summary>
    public double Reordering { get; set => field = Share(value); }

    /// <summary>
    /// The share of writes to a stream whose octets arrive in pieces, and of pieces that arrive joined to those behind
    /// them. Default 0.25.
    /// </summary>
    public double Fragmentation { get; set => field = Share(value); } = 0.25;

    /// <summary>How long an attempt to connect may stay unanswered. Default 21 s.</summary>
    public TimeSpan ConnectTimeout { get; set => field = NotNegative(value); } = TimeSpan.FromSeconds(21);

    /// <summary>How long octets of a stream may wait where nothing gets through before the sender's end is closed. Default one minute.</summary>
    public TimeSpan StreamTimeout { get; set => field = NotNegative(value); } = TimeSpan.FromMinutes(1);

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }

    private static double Share(double value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
        return value;
    }
}
