namespace Rx.Sip.Benchmarks.Transactions;

/// <summary>What each of two sides allocated on this thread.</summary>
internal sealed class Account
{
    private readonly long[] _allocated = new long[2];
    private long _since = GC.GetAllocatedBytesForCurrentThread();
    private int _side;

    public long this[int side] => _allocated[side];

    /// <summary>From here on that side allocates; gives the one that did before.</summary>
    public int Enter(int side)
    {
        var now = GC.GetAllocatedBytesForCurrentThread();
        _allocated[_side] += now - _since;
        (_since, var before) = (now, _side);
        _side = side;
        return before;
    }
}
