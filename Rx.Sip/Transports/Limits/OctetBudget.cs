namespace Rx.Sip.Transports.Limits;

/// <summary>
/// How much room connections may have together for octets that wait. Each may have a little without asking, so the usual traffic is not even
/// counted and goes on when others have used up the room. Safe from any thread.
/// </summary>
/// <param name="max">The room, in octets.</param>
internal sealed class OctetBudget(long max)
{
    /// <summary>What a buffer may have without asking.</summary>
    public const int FreeOctets = 16 * 1024;

    private long _used;

    /// <summary>The room that is taken.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Makes a buffer larger, if there is room.</summary>
    public bool TryGrow(int from, int to)
    {
        var more = Charge(to) - Charge(from);
        if (more <= 0 || Interlocked.Add(ref _used, more) <= max)
            return true;
        Interlocked.Add(ref _used, -more);
        return false;
    }

    /// <summary>A buffer becomes smaller.</summary>
    public void Shrink(int from, int to)
    {
        if (Charge(from) - Charge(to) is > 0 and var less)
            Interlocked.Add(ref _used, -less);
    }

    /// <summary>A buffer of that size is given back.</summary>
    public void Return(int octets) => Shrink(octets, 0);

    private static long Charge(int octets) => octets > FreeOctets ? octets : 0;
}
