using System.Diagnostics.Metrics;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Transports;
using Xunit;

namespace Rx.Sip.Tests.Diagnostics;

public class TrafficMeterTests
{
    [Fact]
    public void A_listener_sees_what_was_counted()
    {
        using var meter = new TrafficMeter();
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter.Meter)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen[Name(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => seen[Name(instrument, tags)] = value);
        listener.Start();
        Assert.True(SipRequest.TryParse(ManagerWorld.Message("SIP/2.0/UDP a.test"), out var request));
        Assert.True(SipResponse.TryParse(ManagerWorld.Response(), out var response));

        meter.Received(request);
        meter.Received(request);
        meter.Received(response);
        meter.Sent(response);
        meter.Malformed();
        meter.Rejected();
        meter.Dropped();
        meter.Misrouted();
        meter.HeldBack();
        meter.HeldBack();
        meter.Throttled();
        meter.ConnectionMade();
        meter.ConnectionMade();
        meter.ConnectionOpened();
        meter.ConnectionGone();
        meter.ConnectionRefused(TrafficLimit.MaxConnections);
        meter.ConnectionDenied();
        listener.RecordObservableInstruments();

        var limits = Enum.GetValues<TrafficLimit>().ToDictionary(limit => $"rxsip.limits.exceeded {limit}", limit => limit == TrafficLimit.MaxConnections ? 1L : 0);
        Assert.Equal(new Dictionary<string, long>(limits)
        {
            ["rxsip.messages.received request"] = 2,
            ["rxsip.messages.received response"] = 1,
            ["rxsip.messages.sent request"] = 0,
            ["rxsip.messages.sent response"] = 1,
            ["rxsip.messages.malformed"] = 1,
            ["rxsip.messages.rejected"] = 1,
            ["rxsip.messages.dropped"] = 1,
            ["rxsip.responses.misrouted"] = 1,
            ["rxsip.requests.held_back"] = 2,
            ["rxsip.requests.throttled"] = 1,
            ["rxsip.connections.opened"] = 1,
            ["rxsip.connections.refused"] = 1,
            ["rxsip.connections.denied"] = 1,
            ["rxsip.connections"] = 1,
        }, seen);
        Assert.Equal(2, meter.Counts.RequestsReceived);
        Assert.Equal(1, meter.Counts.Connections);
        Assert.Equal((1, 2, 1), (meter.Counts.Misrouted, meter.Counts.HeldBack, meter.Counts.Throttled));
    }

    [Fact]
    public void Counts_of_limits_are_equal_when_they_are_the_same_and_stay_what_they_were()
    {
        using var meter = new TrafficMeter();
        var before = meter.Counts;
        Assert.Equal(before, meter.Counts);
        Assert.Equal(before.GetHashCode(), meter.Counts.GetHashCode());

        meter.Exceeded(TrafficLimit.SendTimeout);

        Assert.NotEqual(before, meter.Counts);
        Assert.Equal((0, 1), (before.Exceeded(TrafficLimit.SendTimeout), meter.Counts.Exceeded(TrafficLimit.SendTimeout)));
        Assert.Equal(0, new TrafficCounts().Exceeded(TrafficLimit.SendTimeout));
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
}
