using System.Reactive;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using Xunit;

namespace Rx.Sip.Tests.ReactiveTesting;

public class TestSchedulerTests : ReactiveTest
{
    [Fact]
    public void A_throttled_stream_is_recorded_with_its_subscription()
    {
        var scheduler = new TestScheduler();
        var source = scheduler.CreateHotObservable(OnNext(210, 'a'), OnNext(220, 'b'), OnNext(300, 'c'), OnCompleted<char>(400));

        var result = scheduler.Start(() => source.Throttle(TimeSpan.FromTicks(50), scheduler));

        Assert.Equal<Recorded<Notification<char>>>([OnNext(270, 'b'), OnNext(350, 'c'), OnCompleted<char>(400)], result.Messages);
        Assert.Equal([Subscribe(200, 400)], source.Subscriptions);
    }
}
