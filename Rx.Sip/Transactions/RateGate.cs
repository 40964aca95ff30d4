namespace Rx.Sip.Transactions;

/// <summary>
/// The rate algorithm (RFC 7415 §3.5): a bucket that leaks a request's worth in the interval between two, with room for a short burst,
/// and for a longer one of preferred requests. It begins with a random part of one request in it, so that the clients of a server
/// that is overloaded do not all send in step (§3.5.3).
/// </summary>
internal sealed class RateGate : OverloadGate
{
    /// <summary>Requests that may come at once beyond the one that is due.</summary>
    public const int Tolerance = 4;

    /// <summary>The same with preferred ones among them.</summary>
    public const int PreferredTolerance = 8;

    // In requests, not in seconds: the rate may change.
    private double _content;
    private TimeSpan _last;

    public RateGate(int perSecond, TimeSpan now, double random) => (Value, _last, _content) = (perSecond, now, random);

    public override int Value { get; set; }

    public override bool Admits(TimeSpan now, bool isPreferred, double random)
    {
        // Nothing at all (§3.5.1).
        if (Value == 0)
            return false;
        Leak(now);
        if (_content > (isPreferred ? PreferredTolerance : Tolerance))
            return false;
        _content++;
        return true;
    }

    // It costs the others their turn, but not for ever.
    public override void Pass(TimeSpan now)
    {
        Leak(now);
        _content = Math.Min(_content + 1, PreferredTolerance + 1);
    }

    private void Leak(TimeSpan now)
    {
        _content = Math.Max(0, _content - (now - _last).TotalSeconds * Value);
        _last = now;
    }
}
