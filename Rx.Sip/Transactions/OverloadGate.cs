namespace Rx.Sip.Transactions;

/// <summary>Decides which requests a server that is overloaded still gets. Pure but for what it counts: it is told the time and a random number.</summary>
internal abstract class OverloadGate
{
    /// <summary>What the server asks for.</summary>
    public abstract int Value { get; set; }

    /// <summary>Whether a request may be sent now; if so it counts as sent.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isPreferred">Whether it goes before others (RFC 7339 §5.10.1).</param>
    /// <param name="random">From 0 up to 1.</param>
    public abstract bool Admits(TimeSpan now, bool isPreferred, double random);

    /// <summary>A request is sent that can't be refused.</summary>
    public abstract void Pass(TimeSpan now);

    /// <summary>The gate of an algorithm.</summary>
    public static OverloadGate Of(OverloadAlgorithm algorithm, int value, TimeSpan now, double random) =>
        algorithm == OverloadAlgorithm.Rate ? new RateGate(value, now, random) : new LossGate(value);
}
