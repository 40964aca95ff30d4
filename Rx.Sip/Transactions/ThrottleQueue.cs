namespace Rx.Sip.Transactions;

/// <summary>Requests in the order they came, linked in place: nothing while there are none, and any of them leaves at once.</summary>
internal struct ThrottleQueue
{
    private ThrottledRequest? _first;
    private ThrottledRequest? _last;

    public int Count { get; private set; }

    public void Add(ThrottledRequest request)
    {
        request.Previous = _last;
        if (_last is null)
            _first = request;
        else
            _last.Next = request;
        _last = request;
        Count++;
    }

    public void Remove(ThrottledRequest request)
    {
        if (request.Previous is null)
            _first = request.Next;
        else
            request.Previous.Next = request.Next;
        if (request.Next is null)
            _last = request.Previous;
        else
            request.Next.Previous = request.Previous;
        (request.Previous, request.Next) = (null, null);
        Count--;
    }

    /// <summary>Takes the first; null when there is none.</summary>
    public ThrottledRequest? TakeFirst()
    {
        var first = _first;
        if (first is not null)
            Remove(first);
        return first;
    }
}
