using System.Reactive.Concurrency;
using Rx.Sip.Runtime;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public sealed class ObserverMailboxTests
{
    private readonly VirtualTime _time = new();
    private readonly List<Exception> _errors = [];
    private readonly List<int> _done = [];

    [Fact]
    public void Letters_never_run_on_the_thread_that_posts_them()
    {
        var mailbox = new ObserverMailbox(_time, _errors.Add, 100);
        mailbox.Post(() => _done.Add(1));
        Assert.Empty(_done);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal([1], _done);
    }

    [Fact]
    public void A_burst_costs_one_call_of_the_scheduler_and_keeps_its_order()
    {
        var mailbox = new ObserverMailbox(_time, _errors.Add, 100);
        for (var i = 0; i < 50; i++)
        {
            var letter = i;
            mailbox.Post(() => _done.Add(letter));
        }
        Assert.Equal(1, _time.PendingCount);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(Enumerable.Range(0, 50), _done);
    }

    [Fact]
    public void A_letter_posted_by_a_letter_runs_behind_those_that_waited()
    {
        var mailbox = new ObserverMailbox(_time, _errors.Add, 100);
        mailbox.Post(() =>
        {
            mailbox.Post(() => _done.Add(3));
            _done.Add(1);
        });
        mailbox.Post(() => _done.Add(2));
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal([1, 2, 3], _done);
    }

    [Fact]
    public void A_letter_that_throws_is_reported_and_the_next_one_runs()
    {
        var mailbox = new ObserverMailbox(_time, _errors.Add, 100);
        mailbox.Post(() => throw new FormatException());
        mailbox.Post(() => _done.Add(1));
        _time.RunFor(TimeSpan.Zero);
        mailbox.Post(() => _done.Add(2));
        _time.RunFor(TimeSpan.Zero);
        Assert.IsType<FormatException>(Assert.Single(_errors));
        Assert.Equal([1, 2], _done);
    }

    [Fact]
    public void A_report_that_throws_stops_nothing_either()
    {
        var mailbox = new ObserverMailbox(_time, _ => throw new TimeoutException(), 100);
        mailbox.Post(() => throw new FormatException());
        mailbox.Post(() => _done.Add(1));
        _time.RunFor(TimeSpan.Zero);
        mailbox.Post(() => _done.Add(2));
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal([1, 2], _done);
    }

    [Fact]
    public void It_is_full_from_its_mark_on_until_half_of_it_is_done()
    {
        var mailbox = new ObserverMailbox(_time, _errors.Add, 10);
        List<bool> full = [];
        for (var i = 0; i < 10; i++)
        {
            Assert.False(mailbox.IsFull);
            mailbox.Post(() => full.Add(mailbox.IsFull));
        }
        Assert.True(mailbox.IsFull);
        _time.RunFor(TimeSpan.Zero);
        // Five are done when the sixth looks.
        Assert.Equal([true, true, true, true, true, false, false, false, false, false], full);
    }

    [Fact]
    public void What_a_slow_letter_holds_up_counts_too()
    {
        var mailbox = new ObserverMailbox(_time, _errors.Add, 10);
        var full = false;
        mailbox.Post(() =>
        {
            for (var i = 0; i < 9; i++)
                mailbox.Post(() => { });
            full = mailbox.IsFull;
        });
        _time.RunFor(TimeSpan.Zero);
        Assert.True(full);
        Assert.False(mailbox.IsFull);
    }

    [Fact]
    public void Letters_from_many_threads_run_one_at_a_time_each_threads_in_its_order()
    {
        using var done = new CountdownEvent(8 * 2000);
        var (inside, overlaps) = (0, 0);
        var seen = new int[8];
        var disorder = 0;
        var mailbox = new ObserverMailbox(TaskPoolScheduler.Default, _errors.Add, int.MaxValue);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, poster =>
        {
            for (var i = 1; i <= 2000; i++)
            {
                var letter = i;
                mailbox.Post(() =>
                {
                    if (Interlocked.Increment(ref inside) != 1)
                        overlaps++;
                    if (++seen[poster] != letter)
                        disorder++;
                    Interlocked.Decrement(ref inside);
                    done.Signal();
                });
            }
        });
        Assert.True(done.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal((0, 0), (overlaps, disorder));
    }
}
