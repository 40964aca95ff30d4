namespace Rx.Sip.Transports.Limits;

/// <summary>Counts what peers hold, up to a limit for each. Who holds nothing takes no room here. Safe from any thread.</summary>
/// <param name="max">How much one peer may hold.</param>
internal sealed class SourceCounts(int max)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SourceKey, int> _counts = [];

    /// <summary>How many peers hold something.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _counts.Count;
        }
    }

    /// <summary>One more for that peer, unless it has its share already.</summary>
    public bool TryTake(SourceKey source)
    {
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(source);
            if (count >= max)
                return false;
            _counts[source] = count + 1;
            return true;
        }
    }

    /// <summary>One less.</summary>
    public void Return(SourceKey source)
    {
        lock (_gate)
        {
            var left = _counts.GetValueOrDefault(source) - 1;
            if (left > 0)
                _counts[source] = left;
            else
                _counts.Remove(source);
        }
    }
}
