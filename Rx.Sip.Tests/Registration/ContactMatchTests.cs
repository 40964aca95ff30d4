using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

public class ContactMatchTests
{
    private const string Ours = "<sip:alice@192.0.2.1:5060;transport=tcp>;+sip.instance=\"<urn:uuid:A>\";reg-id=1";

    [Theory]
    // Our contact's own expires, wherever it stands, whatever else is listed.
    [InlineData("<sip:alice@192.0.2.1:5060;transport=tcp>;expires=60", null, 60)]
    [InlineData("<sip:alice@192.0.2.9:5060>;expires=9, <sip:alice@192.0.2.1:5060;transport=TCP>;expires=60, <sip:alice@192.0.2.8>;expires=8", "1000", 60)]
    // Parameters of the registrar's, another order, escapes and case that mean the same (RFC 3261 §19.1.4).
    [InlineData("\"A\" <sip:%61lice@192.0.2.1:5060;ob;transport=tcp;rinstance=7>;q=0.5;received=\"sip:203.0.113.1:4711\";expires=61", "9", 61)]
    // No expires of its own: the header counts; no header: what was asked for.
    [InlineData("<sip:alice@192.0.2.1:5060;transport=tcp>", "62", 62)]
    [InlineData("<sip:alice@192.0.2.1:5060;transport=tcp>;expires=soon", "62", 62)]
    [InlineData("<sip:alice@192.0.2.1:5060;transport=tcp>", null, 3600)]
    [InlineData(null, "63", 63)]
    [InlineData(null, null, 3600)]
    // Somebody else's binding is not ours.
    [InlineData("<sip:alice@192.0.2.1:5062;transport=tcp>;expires=9", "64", 64)]
    [InlineData("<sip:bob@192.0.2.1:5060;transport=tcp>;expires=9", null, 3600)]
    // Rewritten on the way: our instance is known by its name, in any case; another registration of it is another one.
    [InlineData("<sip:alice@203.0.113.1:4711>;expires=65;+sip.instance=\"<urn:uuid:a>\";reg-id=1", "9", 65)]
    [InlineData("<sip:alice@203.0.113.1:4711>;expires=9;+sip.instance=\"<urn:uuid:a>\";reg-id=2", "66", 66)]
    // The URI's parameters got lost.
    [InlineData("<sip:alice@192.0.2.1:5060>;expires=67", "9", 67)]
    // The exact one comes before the one of our instance.
    [InlineData("<sip:alice@203.0.113.1>;expires=9;+sip.instance=\"<urn:uuid:A>\";reg-id=1, <sip:alice@192.0.2.1:5060;transport=tcp>;expires=68", null, 68)]
    [InlineData("<sip:alice@192.0.2.1:5060;transport=tcp>;expires=0", "9", 0)]
    [InlineData("<sip:alice@192.0.2.1:5060;transport=tcp>;expires=99999999999999", "9", uint.MaxValue)]
    [InlineData("garbage;;;<", "69", 69)]
    public void The_granted_lifetime_is_that_of_our_contact(string? contacts, string? expires, double granted)
    {
        var response = Say.Register().Answer(200);
        response = contacts is null ? response : response.WithHeader("Contact", contacts);
        response = expires is null ? response : response.WithHeader("Expires", expires);
        Assert.Equal(TimeSpan.FromSeconds(granted), Grant.From(response, NameAddress.Parse(Ours), TimeSpan.FromHours(1)).Time);
    }
}
