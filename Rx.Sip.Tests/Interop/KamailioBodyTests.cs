using System.Reactive.Threading.Tasks;
using Rx.Sip.InstantMessaging;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Xunit;

namespace Rx.Sip.Tests.Interop;

/// <summary>Bodies with parts through Kamailio.</summary>
public class KamailioBodyTests
{
    private static readonly ContentDescription Picture =
        new ContentDescription("image/png", Enumerable.Range(0, 256).Select(i => (byte)i).ToArray()).WithContentId("cake@rxsip.test").WithDisposition("render", isHandlingRequired: false);

    private static readonly ContentDescription Album =
        MimeMultipart.Mixed([new ContentDescription("text/plain;charset=UTF-8", "Grüße\r\n"), MimeMultipart.Alternative([Picture]).ToContent()]).ToContent()
            .WithDisposition("render", isHandlingRequired: true);

    [InteropTheory(Peers.Kamailio)]
    [InlineData(SipTransportType.Udp)]
    [InlineData(SipTransportType.Tcp)]
    public async Task Kamailio_relays_a_multipart_message_octet_by_octet(SipTransportType transport)
    {
        await using var server = await KamailioServer.StartAsync();
        await using var here = Users.Of(server, transport);
        await using var there = Users.Of(server, transport);
        var alice = await here.EstablishAsync("alice");
        var bob = await there.EstablishAsync("bob");
        using var atBob = new Heard<IncomingMessage>(bob.Messages);

        var response = await alice.SendMessage(bob.Address, Album).ToTask();

        Assert.Equal(200, response.StatusCode);
        var request = Assert.Single(atBob.Values).Request;
        Assert.Equal(Album, request.Content());
        Assert.Equal("1.0", request.Headers.Get("MIME-Version"));
        Assert.Equal(Picture, request.Content()!.FindPart("cid:cake@rxsip.test"));
    }

    [InteropFact(Peers.Kamailio)]
    public async Task Kamailio_relays_a_cpim_message()
    {
        await using var server = await KamailioServer.StartAsync();
        await using var users = Users.Of(server, SipTransportType.Udp);
        var alice = await users.EstablishAsync("alice");
        var bob = await users.EstablishAsync("bob");
        using var atBob = new Heard<IncomingMessage>(bob.Messages);
        var cpim = CpimMessage.Create(new CpimAddress("Alice", "sip:alice@rxsip.test"), new CpimAddress("sip:bob@rxsip.test"), Picture);

        Assert.Equal(200, (await alice.SendMessage(bob.Address, cpim.ToContent()).ToTask()).StatusCode);

        Assert.True(Assert.Single(atBob.Values).Request.TryGetCpim(out var read));
        Assert.Equal(cpim, read);
    }
}
