using System.Net.Sockets;
using Xunit;
using Xunit.Sdk;

namespace Rx.Sip.Tests.Interop;

/// <summary>The fixtures themselves, with real peers at both ends.</summary>
public class KitTests
{
    [InteropTheory(Peers.Kamailio | Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Sipp_registers_with_digest_and_exchanges_a_message_through_kamailio(string transport)
    {
        await using var server = await KamailioServer.StartAsync();
        var bob = new SippOptions { User = "bob", Transport = transport, Port = LoopbackPort.Free() };
        var alice = new SippOptions { User = "alice", Peer = "bob", Transport = transport };

        await SippScenario.RunAsync("uac_register_auth", server.Udp, bob);
        await using var listening = await SippScenario.ListenAsync("uas_message", bob);
        await SippScenario.RunAsync("uac_message_auth", server.Udp, alice);

        await listening.CompletesAsync();
        Assert.Contains("hello 1", listening.Traffic, StringComparison.Ordinal);
    }

    [InteropTheory(Peers.Sipp)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_pair_of_sipp_exchanges_a_message(string transport)
    {
        var options = new SippOptions { Transport = transport };
        await using var listening = await SippScenario.ListenAsync("uas_message", options);

        await SippScenario.RunAsync("uac_message", listening.EndPoint, options);

        await listening.CompletesAsync();
    }

    [InteropFact(Peers.Kamailio | Peers.Sipp)]
    public async Task A_wrong_password_fails_the_scenario_and_shows_the_traffic()
    {
        await using var server = await KamailioServer.StartAsync();
        var mallory = new SippOptions { User = "alice", Password = "wrong" };

        var failure = await Assert.ThrowsAsync<FailException>(() => SippScenario.RunAsync("uac_register_auth", server.Udp, mallory));

        Assert.Contains("FAIL uac_register_auth", failure.Message, StringComparison.Ordinal);
        Assert.Contains("REGISTER sip:rxsip.test SIP/2.0", failure.Message, StringComparison.Ordinal);
    }

    [InteropFact(Peers.Kamailio | Peers.Sipp)]
    public async Task A_killed_kamailio_breaks_connections_and_comes_back_on_the_same_ports()
    {
        await using var server = await KamailioServer.StartAsync();
        var before = (server.Udp, server.Tcp, server.Tls);
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Tcp, TestContext.Current.CancellationToken);

        await server.KillAsync();

        Assert.Equal(0, await BytesUntilClosed(connection));
        await Assert.ThrowsAsync<SocketException>(() => new TcpClient().ConnectAsync(server.Tcp));
        await server.RestartAsync();
        Assert.Equal(before, (server.Udp, server.Tcp, server.Tls));
        await SippScenario.RunAsync("uac_register_auth", server.Udp);
    }

    [InteropFact(Peers.Kamailio | Peers.Sipp)]
    public async Task Knobs_make_kamailio_refuse_and_are_reset()
    {
        await using var server = await KamailioServer.StartAsync();

        await server.SetAsync("auth", 0);
        await server.SetAsync("min_expires", 120);
        await SippScenario.RunAsync("uac_register_423", server.Udp);
        await server.SetAsync("deny", 503);
        await Assert.ThrowsAsync<FailException>(() => SippScenario.RunAsync("uac_register_auth", server.Udp));
        await server.ResetAsync();

        await SippScenario.RunAsync("uac_register_auth", server.Udp);
    }

    [InteropTheory(Peers.Kamailio | Peers.Sipp | Peers.Baresip)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Baresip_registers_and_takes_a_message(string transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var bob = await BaresipPhone.RegisterAsync("bob", server.Udp, transport);

        await SippScenario.RunAsync("uac_message_auth", server.Udp, new SippOptions { User = "alice", Peer = "bob" });
    }

    [InteropFact(Peers.Kamailio | Peers.Sipp)]
    public async Task Servers_side_by_side_do_not_meet()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => KamailioServer.StartAsync()));
        try
        {
            Assert.Equal(3, servers.Select(server => server.Udp.Port).Distinct().Count());
            await Task.WhenAll(servers.Select(server => SippScenario.RunAsync("uac_register_auth", server.Udp)));
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }
    }

    private static async Task<int> BytesUntilClosed(TcpClient connection)
    {
        try
        {
            return await connection.GetStream().ReadAsync(new byte[100], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0; // reset rather than closed: gone either way
        }
    }
}
