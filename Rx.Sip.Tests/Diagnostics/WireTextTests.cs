using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Diagnostics;
using Xunit;

namespace Rx.Sip.Tests.Diagnostics;

public class WireTextTests
{
    [Theory]
    [InlineData("Authorization: Digest username=\"alice\", response=\"abc\"", "Authorization: Digest ***")]
    [InlineData("proxy-authorization : NTLM gssapi-data=\"abc\"", "proxy-authorization : NTLM ***")]
    [InlineData("Authorization: username=\"alice\"", "Authorization: ***")]
    [InlineData("Authorization: Digest username=\"alice\",\r\n response=\"abc\"\r\nX: y", "Authorization: Digest ***\n ***\nX: y")]
    [InlineData("From: <sip:alice:secret@example.test>;tag=1", "From: <sip:alice:***@example.test>;tag=1")]
    [InlineData("To: SIPS:alice:secret@example.test, <sip:bob:hidden@example.test>", "To: SIPS:alice:***@example.test, <sip:bob:***@example.test>")]
    [InlineData("Contact: <sip:alice@[2001:db8::1]:5060>", "Contact: <sip:alice@[2001:db8::1]:5060>")]
    [InlineData("Via: SIP/2.0/UDP a.test:5060", "Via: SIP/2.0/UDP a.test:5060")]
    [InlineData("WWW-Authenticate: Digest realm=\"a\"", "WWW-Authenticate: Digest realm=\"a\"")]
    [InlineData("X: \u001b[31m\0", "X: \\x1b[31m\\x00")]
    public void Headers_are_shown_without_their_secrets(string header, string expected) =>
        Assert.Equal($"OPTIONS sip:a SIP/2.0\n{expected}\n", WireText.Of(Encoding.UTF8.GetBytes($"OPTIONS sip:a SIP/2.0\r\n{header}\r\n\r\n")));

    [Fact]
    public void A_body_is_shown_as_it_is() =>
        Assert.Equal("A\n\nAuthorization: mine\n two", WireText.Of("A\r\n\r\nAuthorization: mine\r\n two"u8));

    [Fact]
    public void What_is_very_long_is_cut() =>
        Assert.EndsWith("\n(100 octets more)", WireText.Of(new byte[(64 * 1024) + 100]), StringComparison.Ordinal);

    [Fact]
    public void Any_octets_have_a_text_without_control_characters() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets =>
            Assert.DoesNotContain(WireText.Of(octets), letter => char.IsControl(letter) && letter is not ('\n' or '\t'))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_header_of_credentials_shows_them() =>
        Prop.ForAll(Gen.Elements("Authorization", "AUTHORIZATION", "Proxy-Authorization").ToArbitrary(), Gen.Elements(" ", "", "\t", " \t").ToArbitrary(), (name, space) =>
        {
            var text = WireText.Of(Encoding.UTF8.GetBytes($"A sip:b SIP/2.0\r\n{name}{space}:{space}Digest response=\"SECRET\",\r\n\tnonce=\"SECRET\"\r\nX: y\r\n\r\n"));
            Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
            Assert.Contains("X: y", text, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
