using Rx.Sip.Messages;
using Rx.Sip.Testing.Server;

namespace Rx.Sip.Testing;

/// <summary>
/// What an <see cref="EmbeddedServer"/> does wrong on purpose. Each order is for so many requests and then forgotten; orders for one
/// method are followed in the order in which they were given. Safe from any thread.
/// </summary>
public sealed class ServerFaults
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _orders = [];
    private int _stale;

    internal ServerFaults()
    {
    }

    /// <summary>Answers the next request of that method with that status.</summary>
    public void AnswerNext(SipMethod method, int status) => AnswerNext(method, status, 1);

    /// <summary>Answers as many requests of that method with that status.</summary>
    public void AnswerNext(SipMethod method, int status, int times) => Add(new Fault(method, status, RetryAfter: null, times));

    /// <summary>Answers as many requests of that method with that status and <c>Retry-After</c>.</summary>
    public void AnswerNext(SipMethod method, int status, int times, TimeSpan retryAfter) => Add(new Fault(method, status, retryAfter, times));

    /// <summary>Leaves as many requests of that method unanswered.</summary>
    public void IgnoreNext(SipMethod method, int times) => Add(new Fault(method, Status: null, RetryAfter: null, times));

    /// <summary>Takes as many right credentials for stale, so that they are challenged anew.</summary>
    public void ChallengeAsStale(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        lock (_gate)
            _stale = times;
    }

    /// <summary>Forgets all orders.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _orders.Clear();
            _stale = 0;
        }
    }

    internal Fault? Take(SipMethod method)
    {
        lock (_gate)
        {
            var index = _orders.FindIndex(order => order.Method == method);
            if (index < 0)
                return null;
            var order = _orders[index];
            if (order.Times > 1)
                _orders[index] = order with { Times = order.Times - 1 };
            else
                _orders.RemoveAt(index);
            return order;
        }
    }

    internal bool TakeStale()
    {
        lock (_gate)
            return _stale > 0 && _stale-- > 0;
    }

    private void Add(Fault order)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(order.Times);
        if (order.Status is { } status)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        }
        lock (_gate)
            _orders.Add(order);
    }
}
