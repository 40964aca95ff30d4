using System.Collections.Concurrent;

namespace Rx.Sip.Tests.Interop;

/// <summary>What a stream has said so far, in order; to be looked at from any thread.</summary>
internal sealed class Heard<T> : IDisposable
{
    private readonly ConcurrentQueue<T> _values = new();
    private readonly IDisposable _subscription;

    public Heard(IObservable<T> source) => _subscription = source.Subscribe(_values.Enqueue);

    public IReadOnlyList<T> Values => [.. _values];

    public void Dispose() => _subscription.Dispose();
}
