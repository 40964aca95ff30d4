using System.Runtime.InteropServices;

namespace Rx.Sip.Transports.Liveness;

/// <summary>
/// All that wish for one flow, and what satisfies them together. Thousands of endpoints may share a flow, all with the same few terms:
/// these are counted, and joining and leaving take constant time.
/// </summary>
internal sealed class KeepAliveWishes
{
    private readonly List<(KeepAliveTerms Terms, int Count)> _terms = [];
    private KeepAliveLease? _first;
    private KeepAliveLease? _last;

    public bool IsEmpty => _first is null;

    /// <summary>What satisfies all; there is at least one.</summary>
    public KeepAliveTerms Together
    {
        get
        {
            var together = _terms[0].Terms;
            foreach (var (terms, _) in _terms)
                together = together.And(terms);
            return together;
        }
    }

    public void Add(KeepAliveLease lease)
    {
        (lease.Holds, lease.Previous, lease.Next) = (true, _last, null);
        if (_last is null)
            _first = lease;
        else
            _last.Next = lease;
        _last = lease;
        Count(lease.Terms, 1);
    }

    /// <summary>Takes a wish out; false when it was not there any more.</summary>
    public bool Remove(KeepAliveLease lease)
    {
        if (!lease.Holds)
            return false;
        lease.Holds = false;
        if (lease.Previous is null)
            _first = lease.Next;
        else
            lease.Previous.Next = lease.Next;
        if (lease.Next is null)
            _last = lease.Previous;
        else
            lease.Next.Previous = lease.Previous;
        (lease.Previous, lease.Next) = (null, null);
        Count(lease.Terms, -1);
        return true;
    }

    /// <summary>The terms of one have changed.</summary>
    public void Change(KeepAliveLease lease, KeepAliveTerms before)
    {
        Count(before, -1);
        Count(lease.Terms, 1);
    }

    /// <summary>Tells all; one may leave while it is told.</summary>
    public void TellAll()
    {
        for (var lease = _first; lease is not null;)
        {
            var next = lease.Next;
            lease.Tell();
            lease = next;
        }
    }

    private void Count(KeepAliveTerms terms, int more)
    {
        var index = _terms.FindIndex(one => one.Terms == terms);
        if (index < 0)
            _terms.Add((terms, more));
        else if ((CollectionsMarshal.AsSpan(_terms)[index].Count += more) == 0)
            _terms.RemoveAt(index);
    }
}
