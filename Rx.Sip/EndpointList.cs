namespace Rx.Sip;

/// <summary>
/// The endpoints of a platform in the order they were made, linked in place: there may be tens of thousands, and each comes and goes in constant
/// time. Safe from any thread.
/// </summary>
internal sealed class EndpointList
{
    private readonly Lock _gate = new();
    private RealTimeEndpoint? _first;
    private RealTimeEndpoint? _last;
    private RealTimeEndpoint[]? _snapshot = [];
    private int _count;

    /// <summary>Those that are there now; the same list until one comes or goes.</summary>
    public IReadOnlyList<RealTimeEndpoint> Snapshot
    {
        get
        {
            lock (_gate)
                return _snapshot ??= Copy();
        }
    }

    public void Add(RealTimeEndpoint endpoint)
    {
        lock (_gate)
        {
            endpoint.PreviousOfPlatform = _last;
            if (_last is null)
                _first = endpoint;
            else
                _last.NextOfPlatform = endpoint;
            _last = endpoint;
            (_snapshot, _count) = (null, _count + 1);
        }
    }

    /// <summary>Takes an endpoint out, once; it must have been added.</summary>
    public void Remove(RealTimeEndpoint endpoint)
    {
        lock (_gate)
        {
            var (previous, next) = (endpoint.PreviousOfPlatform, endpoint.NextOfPlatform);
            if (previous is null && _first != endpoint)
                return;
            if (previous is null)
                _first = next;
            else
                previous.NextOfPlatform = next;
            if (next is null)
                _last = previous;
            else
                next.PreviousOfPlatform = previous;
            (endpoint.PreviousOfPlatform, endpoint.NextOfPlatform) = (null, null);
            (_snapshot, _count) = (null, _count - 1);
        }
    }

    private RealTimeEndpoint[] Copy()
    {
        var (all, index) = (new RealTimeEndpoint[_count], 0);
        for (var one = _first; one is not null; one = one.NextOfPlatform)
            all[index++] = one;
        return all;
    }
}
