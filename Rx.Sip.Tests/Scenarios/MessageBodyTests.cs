using System.Reactive.Linq;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Testing;
using Xunit;

namespace Rx.Sip.Tests.Scenarios;

/// <summary>Messages whose body has parts, between two endpoints on a bad network and through a server.</summary>
public class MessageBodyTests
{
    private static readonly ContentDescription Picture =
        new ContentDescription("image/png", Enumerable.Range(0, 256).Select(i => (byte)i).ToArray()).WithContentId("cake@alice").WithDisposition("render", isHandlingRequired: false);

    private static readonly ContentDescription Album =
        MimeMultipart.Mixed([new ContentDescription("text/plain;charset=UTF-8", "Grüße\r\n--part-0\r\n\r\n"), MimeMultipart.Alternative([Picture]).ToContent()]).ToContent();

    private static readonly CpimMessage Cpim =
        CpimMessage.Create(new CpimAddress("Alice", "sip:alice@alice"), new CpimAddress("sip:bob@bob"), Album).WithSubject("tea\nand cake");

    [Fact]
    public void A_multipart_message_arrives_whole_and_once_though_packets_are_lost_and_doubled() => SimulatedNetwork.CheckSeeds(100, world =>
    {
        (world.Conditions.Latency, world.Conditions.Loss, world.Conditions.Duplication) = (TimeSpan.FromMilliseconds(40), 0.33, 0.2);
        var (alice, bob) = world.PeerToPeer("alice", "bob");
        using var heard = bob.Messages.Record(world.Scheduler);
        using var answers = alice.SendMessage(bob.Address, Album).Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(64));

        var answer = Assert.Single(answers.Values, response => response.IsFinal);
        // Without an answer within 32 s nobody knows whether it arrived; with one it did, and always at most once.
        Assert.InRange(heard.Values.Count, answer.IsSuccess ? 1 : 0, 1);
        foreach (var message in heard.Values)
        {
            Assert.Equal(Album, message.Request.Content());
            Assert.Equal(Picture, message.Request.Content()!.FindPart("cid:cake@alice"));
            Assert.Equal(["text/plain", "image/png"], message.Request.Parts().Select(part => part.ContentType.Name));
        }
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_cpim_message_reaches_a_user_through_a_server_and_says_who_sent_it() => SimulatedNetwork.CheckSeeds(20, world =>
    {
        (world.Conditions.Latency, world.Conditions.Loss) = (TimeSpan.FromMilliseconds(40), 0.1);
        world.StartServer("example.test", users: ["alice", "bob"]);
        var (alice, bob) = (world.UserEndpoint("alice"), world.UserEndpoint("bob"));
        using var heard = bob.Messages.Record(world.Scheduler);
        world.RunFor(TimeSpan.FromMinutes(1));
        using var answers = alice.SendMessage(bob.Address, Cpim.ToContent()).Record(world.Scheduler);
        world.RunFor(TimeSpan.FromMinutes(2));

        Assert.True(Assert.Single(answers.Values, response => response.IsFinal).IsSuccess);
        Assert.True(Assert.Single(heard.Values).Request.TryGetCpim(out var read));
        Assert.Equal(Cpim, read);
        Assert.Equal(Picture, read.Content.FindPart("cake@alice"));
        world.AssertNothingLeft();
    });

    [Fact]
    public void A_body_that_has_to_be_understood_and_is_not_is_answered_415() => SimulatedNetwork.Check(7, world =>
    {
        var (alice, bob) = world.PeerToPeer("alice", "bob");
        using var _ = bob.Messages.Subscribe(message =>
        {
            if (message.Request.Content()?.FindUnsupported(part => part.ContentType.Type == "text") is not null)
                message.Respond(415);
        });
        using var optional = alice.SendMessage(bob.Address, MimeMultipart.Mixed([new ContentDescription("text/plain", "x"), Picture]).ToContent()).Record(world.Scheduler);
        using var required = alice.SendMessage(bob.Address, Album).Record(world.Scheduler);
        world.RunFor(TimeSpan.FromSeconds(64));

        Assert.Equal(200, Assert.Single(optional.Values).StatusCode);
        Assert.Equal(415, Assert.Single(required.Values).StatusCode);
        world.AssertNothingLeft();
    });
}
