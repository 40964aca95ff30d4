using System.Text;
using Rx.Sip.Diagnostics;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports.Limits;

[Collection(MeasuredAlone.Name)]
public class RefusalCostTests
{
    private const int Count = 1000;

    [Fact]
    public void A_request_that_is_refused_in_a_flood_costs_its_octets_and_a_few_small_objects_and_leaves_nothing()
    {
        var world = new ManagerWorld(new TrafficLimits { MessageHighWaterMark = 10, MessageLowWaterMark = 0 });
        var flow = world.Udp.Accept("192.0.2.7:4711");
        var request = Encoding.UTF8.GetBytes(ManagerWorld.Message("SIP/2.0/UDP 192.0.2.7:4711;branch=z9hG4bK1"));
        var (allocated, sent) = (0L, 0);
        world.Manager.Mailbox.Post(() =>
        {
            for (var i = 0; i < 11; i++)
                flow.Receive(request);
            sent = flow.Sent.Count;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Count; i++)
                flow.Receive(request);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        });

        Assert.Equal(Count, flow.Sent.Count - sent);
        Assert.Equal(Count, world.Manager.Traffic.Exceeded(TrafficLimit.MessageHighWaterMark) - sent);
        // The request and its table of headers, the answer and its, one text for the tag; and what the fake keeps of what it was given.
        Assert.InRange(allocated, 1, 3000);
        Assert.Equal(10, world.Above.Requests.Count);
    }
}
