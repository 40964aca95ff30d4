namespace Rx.Sip.Transactions;

/// <summary>What one server has said about its load last.</summary>
internal sealed class OverloadedPeer
{
    // As long as an older word may still be on its way (RFC 3261 §17.1.2.2, T4), a calm server's is kept.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    // What is so far behind is no late word but a counter that began anew (RFC 7339 §4.4).
    private const decimal Lateness = 1000;

    /// <summary>Decides about requests; null while nothing is asked for.</summary>
    public OverloadGate? Gate { get; private set; }

    public OverloadAlgorithm Algorithm { get; private set; }

    private decimal? Sequence { get; set; }

    /// <summary>When the word runs out, and everything about the server is forgotten.</summary>
    public TimeSpan Until { get; private set; }

    /// <summary>Whether a word of that number is newer than the last (RFC 7339 §5.4).</summary>
    public bool IsNews(decimal? sequence) =>
        sequence is not { } next || Sequence is not { } last || next > last || (last - next > Lateness && next < last / 2);

    /// <summary>Takes a word; whether something else is asked for now than before.</summary>
    public bool Take(in OverloadFeedback feedback, TimeSpan now, double random)
    {
        var before = (Gate?.Value, Algorithm);
        Sequence = feedback.Sequence ?? Sequence;
        Algorithm = feedback.Algorithm;
        if (feedback.IsCalm)
            (Gate, Until) = (null, now + Calm);
        else
            (Gate, Until) = (GateFor(feedback, before.Algorithm, now, random), now + feedback.Validity);
        return before != (Gate?.Value, Algorithm);
    }

    // The same control goes on with what it has counted.
    private OverloadGate GateFor(in OverloadFeedback feedback, OverloadAlgorithm before, TimeSpan now, double random)
    {
        if (Gate is null || before != feedback.Algorithm)
            return OverloadGate.Of(feedback.Algorithm, feedback.Value, now, random);
        Gate.Value = feedback.Value;
        return Gate;
    }
}
