using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>RFC 5630 §4.1, §5.1.1.</summary>
public class SipsUriTests
{
    [Theory]
    [InlineData("sip:alice@192.0.2.1:5061;transport=tls;epid=1", "sips:alice@192.0.2.1:5061;epid=1")]
    [InlineData("sip:alice@192.0.2.1;transport=wss", "sips:alice@192.0.2.1;transport=ws")]
    [InlineData("sip:alice@192.0.2.1;transport=tcp", "sips:alice@192.0.2.1;transport=tcp")]
    [InlineData("sip:alice:pw@example.test;lr?subject=x", "sips:alice:pw@example.test;lr?subject=x")]
    [InlineData("sips:alice@example.test;transport=tls", "sips:alice@example.test;transport=tls")]
    [InlineData("tel:+15550100", "tel:+15550100")]
    public void A_uri_is_raised_by_its_scheme_and_says_TLS_but_once(string uri, string expected) =>
        Assert.Equal(expected, SipsUri.Of(SipUri.Parse(uri)).ToString());

    [Theory]
    [InlineData("sips:alice@192.0.2.1:5061;epid=1", "sip:alice@192.0.2.1:5061;epid=1;transport=tls")]
    [InlineData("sips:alice@192.0.2.1;transport=ws", "sip:alice@192.0.2.1;transport=wss")]
    [InlineData("sips:alice@example.test;gr=1", "sip:alice@example.test;gr=1")]
    [InlineData("sip:alice@example.test", "sip:alice@example.test")]
    public void An_address_of_ours_is_lowered_by_its_scheme_and_keeps_its_way(string uri, string expected) =>
        Assert.Equal(expected, SipsUri.Plain(SipUri.Parse(uri)).ToString());

    [Theory]
    [InlineData("SIPS:a@b", true)]
    [InlineData("sip:a@b", false)]
    [InlineData("sips:", false)]
    [InlineData("", false)]
    public void The_scheme_is_told_from_the_octets(string uri, bool isSecure) =>
        Assert.Equal(isSecure, SipsUri.Is(System.Text.Encoding.UTF8.GetBytes(uri)));

    [Fact]
    public void Whatever_is_raised_is_still_a_uri_of_the_same_resource() =>
        Check.QuickThrowOnFailure(Prop.ForAll(SipArbitraries.Uri, uri =>
        {
            var raised = SipsUri.Of(uri);
            Assert.Equal((uri.User, uri.Host, uri.Port), (raised.User, raised.Host, raised.Port));
            Assert.True(raised.IsSecure || !uri.IsSip);
            Assert.Equal(raised, SipUri.Parse(raised.ToString()));
        }));
}
