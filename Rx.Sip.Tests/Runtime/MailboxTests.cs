using Rx.Sip.Runtime;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public sealed class MailboxTests
{
    private readonly List<Exception> _errors = [];
    private readonly List<int> _done = [];

    [Fact]
    public void An_idle_mailbox_runs_a_letter_before_post_returns()
    {
        var mailbox = new Mailbox(_errors.Add);
        mailbox.Post(() => _done.Add(1));
        Assert.Equal([1], _done);
    }

    [Fact]
    public void A_letter_posted_by_a_letter_waits_for_its_end()
    {
        var mailbox = new Mailbox(_errors.Add);
        mailbox.Post(() =>
        {
            mailbox.Post(() => _done.Add(2));
            Assert.Equal(1, mailbox.Count);
            _done.Add(1);
        });
        Assert.Equal([1, 2], _done);
        Assert.Equal(0, mailbox.Count);
        Assert.Empty(_errors);
    }

    [Fact]
    public void What_a_letter_throws_is_reported_and_neither_its_poster_nor_the_next_letter_suffers()
    {
        var mailbox = new Mailbox(_errors.Add);
        mailbox.Post(() =>
        {
            mailbox.Post(() => _done.Add(1));
            throw new FormatException();
        });
        Assert.IsType<FormatException>(Assert.Single(_errors));
        Assert.Equal([1], _done);
    }

    [Fact]
    public void A_report_that_throws_does_not_stop_the_protocol()
    {
        var mailbox = new Mailbox(_ => throw new TimeoutException());
        mailbox.Post(() => throw new FormatException());
        mailbox.Post(() => _done.Add(1));
        Assert.Equal([1], _done);
    }

    [Fact]
    public void Letters_from_many_threads_run_one_at_a_time_each_threads_in_its_order_and_all_of_them()
    {
        var (inside, overlaps, disorder) = (0, 0, 0);
        var seen = new int[8];
        var mailbox = new Mailbox(_errors.Add);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, poster =>
        {
            for (var i = 1; i <= 5000; i++)
            {
                var letter = i;
                mailbox.Post(() =>
                {
                    if (Interlocked.Increment(ref inside) != 1)
                        overlaps++;
                    if (++seen[poster] != letter)
                        disorder++;
                    Interlocked.Decrement(ref inside);
                });
            }
        });
        // Behind everything: whoever worked off the last letter has returned from its post by now.
        mailbox.Post(() => { });
        Assert.Equal((0, 0), (overlaps, disorder));
        Assert.All(seen, count => Assert.Equal(5000, count));
    }
}
