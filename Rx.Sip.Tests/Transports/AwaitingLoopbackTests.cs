using System.Net;
using Rx.Sip.Transports;
using Xunit;

namespace Rx.Sip.Tests.Transports;

public sealed class AwaitingLoopbackTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // What every program with a Console.ReadLine() does.
    [Fact]
    public async Task Who_blocks_a_thread_behind_an_await_goes_on_hearing_messages()
    {
        await using var manager = new RealTimeServerUdpConnectionManager();
        IPEndPoint? bound = null;
        using var listening = manager.StartListening(new IPEndPoint(IPAddress.Loopback, 0)).Subscribe(address => bound = address);
        await using var alice = new SipPeerToPeerEndpoint("sip:alice@example.test", manager);
        await using var bob = new SipPeerToPeerEndpoint("sip:bob@example.test", manager);
        using var heard = new ManualResetEventSlim();
        using var messages = alice.Messages.Subscribe(_ => heard.Set());
        using var others = bob.Messages.Subscribe();

        Assert.True(await BlockAsync(), "Alice hears nothing while the code behind her await blocks.");

        async Task<bool> BlockAsync()
        {
            await alice.SendMessageAsync($"sip:bob@{bound}", "hello").ConfigureAwait(false);
            _ = bob.SendMessageAsync($"sip:alice@{bound}", "hello yourself");
            return heard.Wait(Patience);
        }
    }
}
