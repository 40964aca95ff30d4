using System.Reactive;
using System.Reactive.Disposables;
using Rx.Sip.Runtime;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Runtime;

public sealed class MailboxObserverTests : IDisposable
{
    private readonly VirtualTime _time = new();
    private readonly List<string> _heard = [];
    private readonly MailboxObserver<string> _relay;

    public MailboxObserverTests() => _relay = new MailboxObserver<string>(
        new ObserverMailbox(_time, _ => { }, 100),
        Observer.Create<string>(_heard.Add, error => _heard.Add(error.Message), () => _heard.Add("completed")));

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void What_it_is_told_is_heard_in_the_mailbox_in_order()
    {
        _relay.OnNext("one");
        _relay.OnNext("two");
        _relay.OnCompleted();
        Assert.Empty(_heard);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["one", "two", "completed"], _heard);
    }

    [Fact]
    public void An_error_is_heard_in_the_mailbox()
    {
        _relay.OnError(new FormatException("bad"));
        Assert.Empty(_heard);
        _time.RunFor(TimeSpan.Zero);
        Assert.Equal(["bad"], _heard);
    }

    [Fact]
    public void Disposed_it_says_nothing_more_not_even_what_is_on_its_way()
    {
        _relay.OnNext("one");
        _relay.OnCompleted();
        _relay.Dispose();
        _time.RunFor(TimeSpan.Zero);
        Assert.Empty(_heard);
    }

    [Fact]
    public void Its_source_is_disposed_with_it_whichever_came_first()
    {
        using var before = new BooleanDisposable();
        _relay.Source = before;
        Assert.False(before.IsDisposed);
        _relay.Dispose();
        Assert.True(before.IsDisposed);

        using var after = new BooleanDisposable();
        _relay.Source = after;
        Assert.True(after.IsDisposed);
    }
}
