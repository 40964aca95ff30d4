using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@example.test;transport=tcp", false, "tcp", "alice@example.test")]
    [InlineData("sips:example.test", true, null, "example.test")]
    [InlineData("tel:+123", false, null, "+123")]
    public void Its_parts_are_told(string text, bool isSecure, string? transport, string userAtHost)
    {
        var uri = SipUri.Parse(text);

        Assert.Equal((isSecure, transport, userAtHost), (uri.IsSecure, uri.Transport, uri.UserAtHost));
        Assert.Same(uri.ToString(), uri.ToString());
    }

    [Theory]
    [InlineData("sip:a@b;lr?x=y", "sip:a@b")]
    [InlineData("sip:a@b?x=y", "sip:a@b")]
    [InlineData("sip:a@b;lr", "sip:a@b")]
    [InlineData("mailto:a@b", "mailto:a@b")]
    public void Parameters_and_headers_are_taken_off(string text, string expected) => Assert.Equal(expected, SipUri.Parse(text).WithoutParameters().ToString());

    [Fact]
    public void What_has_no_parameters_stays_what_it_is()
    {
        var uri = SipUri.Parse("sip:a@b");

        Assert.Same(uri, uri.WithoutParameters());
    }

    [Fact]
    public void What_is_no_uri_is_named() => Assert.Contains("'no uri'", Assert.Throws<FormatException>(() => SipUri.Parse("no uri")).Message, StringComparison.Ordinal);
}
