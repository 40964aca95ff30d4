using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Runtime;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public sealed class LatestStreamTests
{
    private readonly VirtualTime _time = new();
    private readonly List<Exception> _errors = [];
    private readonly ObserverMailbox _mailbox;
    private readonly LatestStream<string> _stream;

    public LatestStreamTests()
    {
        _mailbox = new ObserverMailbox(_time, _errors.Add, 100);
        _stream = new LatestStream<string>("idle", _mailbox);
    }

    [Fact]
    public void Whoever_comes_hears_the_latest_value_first_and_on_the_scheduler()
    {
        _stream.Publish("busy");
        using var heard = _stream.Record(_time);
        Assert.Empty(heard.Values);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["busy"], heard.Values);
    }

    [Fact]
    public void Whoever_came_before_a_value_hears_the_one_before_it_as_well()
    {
        using var heard = _stream.Record(_time);
        _stream.Publish("one");
        _stream.Publish("two");
        using var late = _stream.Record(_time);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["idle", "one", "two"], heard.Values);
        Assert.Equal(["two"], late.Values);
    }

    [Fact]
    public void A_repetition_is_left_out()
    {
        using var heard = _stream.Record(_time);
        foreach (var value in (string[])["idle", "one", "one", "idle", "idle"])
            _stream.Publish(value);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["idle", "one", "idle"], heard.Values);
    }

    [Fact]
    public void The_latest_value_is_known_at_once_whether_or_not_it_was_told()
    {
        using var heard = _stream.Record(_time);
        _stream.Publish("one");
        Assert.Equal("one", _stream.Latest);
        Assert.Empty(heard.Values);
    }

    [Fact]
    public void It_completes_once_behind_the_last_value_and_ignores_what_comes_later()
    {
        using var heard = _stream.Record(_time);
        _stream.Publish("last");
        _stream.Complete();
        _stream.Complete();
        _stream.Publish("too late");
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["idle", "last"], heard.Values);
        Assert.Equal(3, heard.Notifications.Count);
        Assert.True(heard.IsCompleted);
        Assert.Equal("last", _stream.Latest);
    }

    [Fact]
    public void Who_comes_after_the_end_hears_the_last_value_and_the_end()
    {
        _stream.Publish("last");
        _stream.Complete();
        _time.RunFor(TimeSpan.Zero);
        using var heard = _stream.Record(_time);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["last"], heard.Values);
        Assert.True(heard.IsCompleted);
    }

    [Fact]
    public void Who_leaves_before_having_joined_hears_nothing()
    {
        var heard = _stream.Record(_time);
        heard.Dispose();
        _time.RunFor(TimeSpan.Zero);
        Assert.Empty(heard.Notifications);
        Assert.Equal(0, _stream.ObserverCount);
    }

    [Fact]
    public void Who_leaves_with_the_first_value_is_gone_even_if_the_stream_is_over()
    {
        _stream.Complete();
        List<string> heard = [];
        IDisposable? subscription = null;
        subscription = _stream.Subscribe(value =>
        {
            heard.Add(value);
            subscription!.Dispose();
        }, () => heard.Add("completed"));
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["idle"], heard);
        Assert.Equal(0, _stream.ObserverCount);
    }

    [Fact]
    public void Leaving_twice_counts_once()
    {
        using var stays = _stream.Subscribe(_ => { });
        var leaves = _stream.Subscribe(_ => { });
        _time.RunFor(TimeSpan.Zero);
        leaves.Dispose();
        leaves.Dispose();
        Assert.Equal(1, _stream.ObserverCount);
    }

    [Fact]
    public void An_observer_that_throws_is_reported_stays_and_holds_up_nobody()
    {
        var error = new FormatException();
        var calls = 0;
        using var bad = _stream.Subscribe(_ =>
        {
            calls++;
            throw error;
        });
        using var good = _stream.Record(_time);
        _stream.Publish("one");
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["idle", "one"], good.Values);
        Assert.Equal(2, calls);
        Assert.Equal([error, error], _errors);
    }

    [Fact]
    public void Without_observers_nothing_is_scheduled()
    {
        for (var i = 0; i < 1000; i++)
            _stream.Publish($"{i}");
        Assert.Equal(0, _time.PendingCount);
        Assert.False(_mailbox.IsFull);
        using var heard = _stream.Record(_time);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["999"], heard.Values);
    }

    [Fact]
    public void Whatever_is_published_and_observed_in_whatever_order_is_heard_without_gap_or_repetition() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps =>
        {
            var time = new VirtualTime();
            var stream = new LatestStream<int>(0, new ObserverMailbox(time, _ => { }, 100));
            var (published, last) = (new List<int> { 0 }, 0);
            var heard = new List<(int From, Recording<int> Recording)>();
            foreach (var step in steps)
            {
                if (step % 3 == 0)
                    time.RunFor(TimeSpan.Zero);
                else if (step % 3 == 1)
                    heard.Add((published.Count - 1, stream.Record(time)));
                else
                {
                    stream.Publish(++last);
                    published.Add(last);
                }
            }
            stream.Complete();
            time.RunFor(TimeSpan.Zero);
            return heard.All(one => one.Recording.Values.SequenceEqual(published.Skip(one.From)) && one.Recording.IsCompleted);
        }).QuickCheckThrowOnFailure();
}
