namespace Rx.Sip.Transports;

/// <summary>
/// What a peer sends before its connection is allowed, on transports that can't be paused; on others nothing comes. Safe from any thread.
/// </summary>
internal sealed class HeldOctets
{
    private const int MaxOctets = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _pieces = new();
    private int _octets;
    private bool _released;

    /// <summary>Keeps the octets; false when the connection has been allowed, and they can be taken. Who sends too much is cut off.</summary>
    public bool TryKeep(Flow flow, ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            if (_released)
                return false;
            _octets += octets.Length;
            if (_octets <= MaxOctets)
            {
                _pieces.Enqueue(octets.ToArray());
                return true;
            }
        }
        flow.Close(new IOException("The peer sent too much before its connection was allowed."));
        return true;
    }

    /// <summary>Gives out what was kept, in its order and before anything that comes later.</summary>
    public void Release(Flow flow, Reception reception)
    {
        lock (_gate)
        {
            while (_pieces.TryDequeue(out var octets))
                reception.Take(flow, octets);
            _released = true;
        }
    }
}
