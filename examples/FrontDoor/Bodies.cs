using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Mime;

namespace FrontDoor;

/// <summary>Bodies: several parts in one message, and what a session description offers. Needs no server.</summary>
internal static class Bodies
{
    public static Task<int> RunAsync()
    {
        var (bob, alice) = (NameAddress.Parse("Bob <sip:bob@example.test>"), SipUri.Parse("sip:alice@example.test"));
        var message = SipRequest.Create(SipMethod.Message, alice, bob.WithTag("b1"), new NameAddress(alice), "c1@example.test", 1)
            .WithBody(MimeMultipart.Mixed([new("text/plain", "the plan"), new("application/json", "{\"floors\":3}")]).ToContent());
        Console.WriteLine(message.ToWireString());
        foreach (var part in message.Parts())
            Console.WriteLine($"{part.ContentType}: {part.Text}");

        var invite = SipRequest.Create(SipMethod.Invite, alice, bob.WithTag("b2"), new NameAddress(alice), "c2@example.test", 1)
            .WithBody(new ContentDescription("application/sdp", "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0\r\n"));
        if (invite.TryGetSdp(out var offer))
            Console.WriteLine($"offers {string.Join(", ", offer.Media.Select(media => $"{media.Media} at port {media.Port}"))}");
        return Task.FromResult(0);
    }
}
