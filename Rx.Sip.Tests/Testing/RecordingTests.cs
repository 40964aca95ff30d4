using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Testing;

public class RecordingTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void Values_and_the_end_are_recorded_with_their_instants()
    {
        _time.RunFor(TimeSpan.FromMinutes(1));
        var recording = Observable.Interval(TimeSpan.FromSeconds(2), _time).Take(3).Record(_time);

        _time.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal([0, 1, 2], recording.Values);
        Assert.Equal([2, 4, 6], recording.Instants.Select(instant => instant.TotalSeconds));
        Assert.True(recording.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(6), recording.EndedAfter);
        Assert.Null(recording.Error);
        Assert.Equal(VirtualTime.Beginning.AddSeconds(66), recording.Notifications[^1].Timestamp);
        Assert.Equal(NotificationKind.OnCompleted, recording.Notifications[^1].Value.Kind);
    }

    [Fact]
    public void An_error_is_recorded_and_not_thrown()
    {
        var error = new InvalidOperationException("no");

        var recording = Observable.Throw<int>(error).Record(_time);

        Assert.Same(error, recording.Error);
        Assert.False(recording.IsCompleted);
        Assert.Equal(TimeSpan.Zero, recording.EndedAfter);
    }

    [Fact]
    public void Disposing_ends_the_subscription_and_keeps_what_was_recorded()
    {
        using var subject = new Subject<string>();
        var recording = subject.Record(_time);
        subject.OnNext("a");

        recording.Dispose();
        subject.OnNext("b");

        Assert.Equal(["a"], recording.Values);
        Assert.False(subject.HasObservers);
        Assert.Null(recording.EndedAfter);
    }
}
