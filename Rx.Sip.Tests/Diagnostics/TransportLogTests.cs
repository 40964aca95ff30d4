using Microsoft.Extensions.Logging;
using Rx.Sip.Tests.Transports;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Diagnostics;

public class TransportLogTests
{
    [Fact]
    public void At_level_Trace_every_message_is_written_without_its_secrets()
    {
        var log = new LogRecorder(LogLevel.Trace);
        var world = new ManagerWorld(new ConnectionManagerSettings { LoggerFactory = log });
        var flow = world.Tcp.Accept("192.0.2.7:4711");

        flow.Receive(ManagerWorld.Message("SIP/2.0/TCP a.test").Replace("Call-ID", "Authorization: Digest response=\"SECRET\"\r\nCall-ID", StringComparison.Ordinal));
        flow.Receive("MESSAGE sip:b SIP/2.0\r\nContent-Length: 0\r\n\r\n");

        Assert.Contains(log.Lines, line => line.StartsWith("Trace Rx.Sip.Transports: Received over tcp 192.0.2.1:5060 to 192.0.2.7:4711:\nMESSAGE sip:bob@example.test SIP/2.0\n", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("Authorization: Digest ***", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("SECRET", StringComparison.Ordinal));
        Assert.Contains("Debug Rx.Sip.Transports: No message over tcp 192.0.2.1:5060 to 192.0.2.7:4711: Via is missing or malformed", log.Lines);
    }

    [Fact]
    public void A_lost_connection_of_ours_is_told_with_its_reason()
    {
        var log = new LogRecorder(LogLevel.Information);
        var world = new ManagerWorld(new ConnectionManagerSettings { LoggerFactory = log });

        world.Connect("192.0.2.7:4711").End(new IOException("reset by peer"));
        world.Tcp.Accept("192.0.2.8:4711").End(new IOException("reset by peer"));
        world.Connect("192.0.2.9:4711").End(null);

        Assert.Equal(
            [
                "Information Rx.Sip.Transports: Listening on udp:0.0.0.0:5060",
                "Information Rx.Sip.Transports: Listening on tcp:0.0.0.0:5060",
                "Information Rx.Sip.Transports: Lost tcp 192.0.2.1:40000 to 192.0.2.7:4711: reset by peer",
            ],
            log.Lines);
    }
}
