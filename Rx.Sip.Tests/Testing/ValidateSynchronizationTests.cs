using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class ValidateSynchronizationTests
{
    private readonly RawSource _source = new();

    [Fact]
    public void What_keeps_to_the_contract_passes()
    {
        var recording = Observable.Range(1, 3).ValidateSynchronization().Record(new VirtualTime());

        Assert.Equal([1, 2, 3], recording.Values);
        Assert.True(recording.IsCompleted);
    }

    [Fact]
    public void A_notification_inside_another_is_thrown_at_the_source_and_ends_the_stream()
    {
        Exception? thrown = null;
        var recording = _source.ValidateSynchronization().Do(value => thrown ??= Record.Exception(() => _source.Observer.OnNext(value + 1))).Record(new VirtualTime());

        _source.Observer.OnNext(1);

        Assert.Equal("OnNext(2) came while OnNext(1) was not done.", Assert.IsType<InvalidOperationException>(thrown).Message);
        Assert.Equal([1], recording.Values);
        Assert.Equal(thrown.Message, recording.Error?.Message);
        Assert.True(_source.IsDisposed);
    }

    [Fact]
    public void Two_threads_at_once_are_found()
    {
        using var inside = new ManualResetEventSlim();
        using var otherIsDone = new ManualResetEventSlim();
        var recording = _source.ValidateSynchronization().Do(_ =>
        {
            inside.Set();
            otherIsDone.Wait(TestContext.Current.CancellationToken);
        }).Record(new VirtualTime());
        var first = new Thread(() => _source.Observer.OnNext(1));
        first.Start();
        inside.Wait(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(_source.Observer.OnCompleted);
        otherIsDone.Set();
        first.Join();

        Assert.Equal("OnCompleted() came while OnNext(1) was not done.", recording.Error?.Message);
    }

    [Fact]
    public void A_notification_after_the_end_is_thrown_at_the_source()
    {
        using var subscription = _source.ValidateSynchronization().Subscribe();
        _source.Observer.OnCompleted();

        var error = Assert.Throws<InvalidOperationException>(() => _source.Observer.OnNext(1));

        Assert.Equal("OnNext(1) came after the end.", error.Message);
    }

    // Without the safety net that Rx's own observables have.
    private sealed class RawSource : IObservable<int>
    {
        public IObserver<int> Observer { get; private set; } = System.Reactive.Observer.Create<int>(static _ => { });

        public bool IsDisposed { get; private set; }

        public IDisposable Subscribe(IObserver<int> observer)
        {
            Observer = observer;
            return Disposable.Create(() => IsDisposed = true);
        }
    }
}
