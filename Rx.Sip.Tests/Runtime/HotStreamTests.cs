using System.Reactive;
using Rx.Sip.Runtime;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public sealed class HotStreamTests
{
    private readonly HotStream<int> _stream = new();
    private readonly List<int> _heard = [];

    [Fact]
    public void Every_observer_hears_what_comes_after_it_came_and_nothing_else()
    {
        _stream.OnNext(1);
        using var first = _stream.Subscribe(_heard.Add);
        _stream.OnNext(2);
        using var second = _stream.Subscribe(value => _heard.Add(value * 10));
        _stream.OnNext(3);
        Assert.Equal([2, 3, 30], _heard);
    }

    [Fact]
    public void Whoever_leaves_hears_nothing_more_even_of_the_value_that_is_being_given_out()
    {
        IDisposable? second = null;
        using var first = _stream.Subscribe(_ => second!.Dispose());
        second = _stream.Subscribe(_heard.Add);
        _stream.OnNext(1);
        Assert.Empty(_heard);
        Assert.Equal(1, _stream.ObserverCount);
    }

    [Fact]
    public void Leaving_twice_takes_nobody_elses_place()
    {
        var observer = Observer.Create<int>(_heard.Add);
        var first = _stream.Subscribe(observer);
        using var again = _stream.Subscribe(observer);
        first.Dispose();
        first.Dispose();
        _stream.OnNext(1);
        Assert.Equal([1], _heard);
    }

    [Fact]
    public void An_observer_that_throws_is_reported_keeps_its_place_and_hurts_no_other()
    {
        var error = new FormatException("mine");
        using var bad = _stream.Subscribe(value => throw error);
        using var good = _stream.Subscribe(_heard.Add);
        Assert.Same(error, _stream.OnNext(1));
        Assert.Same(error, _stream.OnNext(2));
        Assert.Equal([1, 2], _heard);
    }

    [Fact]
    public void What_several_observers_throw_comes_back_all_of_it()
    {
        Exception[] errors = [new FormatException(), new TimeoutException(), new ArgumentException()];
        foreach (var error in errors)
            _stream.Subscribe(_ => throw error);
        Assert.Equal(errors, Assert.IsType<AggregateException>(_stream.OnNext(1)).InnerExceptions);
    }

    [Fact]
    public void Every_observer_completes_once_whatever_another_throws()
    {
        var completed = 0;
        var error = new FormatException();
        _stream.Subscribe(_ => { }, () => throw error);
        _stream.Subscribe(_heard.Add, () => completed++);
        Assert.Same(error, _stream.Complete());
        Assert.Null(_stream.Complete());
        Assert.Null(_stream.OnNext(1));
        Assert.Equal((1, 0), (completed, _heard.Count));
        Assert.False(_stream.HasObservers);
    }

    [Fact]
    public void Who_comes_after_the_end_hears_of_the_end_only()
    {
        var completed = 0;
        _stream.Complete();
        using var late = _stream.Subscribe(_heard.Add, () => completed++);
        Assert.Equal((1, 0), (completed, _heard.Count));
    }

    [Fact]
    public void Observers_come_and_go_on_many_threads_and_none_is_lost()
    {
        Parallel.For(0, 1000, turn =>
        {
            var mine = _stream.Subscribe(_ => { });
            if (turn % 2 == 0)
                mine.Dispose();
        });
        Assert.Equal(500, _stream.ObserverCount);
    }
}
