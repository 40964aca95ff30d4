using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Xunit;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>What the parts of header values say.</summary>
public class TypedValueTests
{
    [Fact]
    public void Events_match_by_package_and_id_letter_by_letter()
    {
        var refer = SipEvent.Parse("refer;id=93809824;x=y");

        Assert.Equal(("refer", "93809824"), (refer.Package, refer.Id));
        Assert.True(refer.Matches(SipEvent.Parse("refer ; id=93809824")));
        Assert.False(refer.Matches(SipEvent.Parse("refer")));
        Assert.False(refer.Matches(SipEvent.Parse("Refer;id=93809824")));
        Assert.Equal("presence.winfo;id=\"a\"", new SipEvent("presence.winfo").WithParameter("id", "\"a\"").ToString());
    }

    [Fact]
    public void A_subscription_state_says_how_long_why_and_when_again()
    {
        var active = SipSubscriptionState.Parse("Active;expires=3599");
        var terminated = SipSubscriptionState.Parse("terminated;reason=giveup;retry-after=5");

        Assert.Equal((true, false, false, TimeSpan.FromSeconds(3599)), (active.IsActive, active.IsPending, active.IsTerminated, active.Expires!.Value));
        Assert.Equal((true, "giveup", TimeSpan.FromSeconds(5)), (terminated.IsTerminated, terminated.Reason, terminated.RetryAfter!.Value));
        Assert.Null(SipSubscriptionState.Parse("pending;expires=soon").Expires);
    }

    [Fact]
    public void A_reason_has_cause_and_text()
    {
        var reason = SipReason.Parse("SIP;cause=580;text=\"Precondition \\\"Failure\\\"\"");

        Assert.Equal(("SIP", 580, "Precondition \"Failure\""), (reason.Protocol, reason.Cause, reason.Text));
        Assert.Equal(reason, new SipReason("SIP", 580, "Precondition \"Failure\""));
        Assert.Null(new SipReason("Q.850", 16, null).Text);
        Assert.Null(SipReason.Parse("Q.850;cause=x").Cause);
    }

    [Fact]
    public void Dialogs_are_named_by_their_call_id_and_both_tags()
    {
        var replaces = Replaces.Parse("425928@bobster.example.org;to-tag=7743;from-tag=6472;early-only");

        Assert.Equal(("425928@bobster.example.org", "7743", "6472", true), (replaces.CallId, replaces.ToTag, replaces.FromTag, replaces.IsEarlyOnly));
        Assert.Equal("a;to-tag=b;from-tag=c", new Replaces("a", "b", "c").ToString());
        Assert.Equal("a;to-tag=b;from-tag=c", new Join("a", "b", "c").ToString());
        Assert.Equal(("l", "r"), (new TargetDialog("a", "l", "r").LocalTag, TargetDialog.Parse("a;remote-tag=r;local-tag=l").RemoteTag));
    }

    [Fact]
    public void Numbers_and_times_of_sessions()
    {
        Assert.Equal("uas", SessionExpires.Parse("1800;refresher=uas").Refresher);
        Assert.Equal("90", new MinSE(TimeSpan.FromSeconds(90)).ToString());
        Assert.Equal("1", new RetryAfter(TimeSpan.FromMilliseconds(1)).ToString());
        Assert.Equal(new RAck(776656, new CSeq(1, SipMethod.Invite)), RAck.Parse("776656 1 INVITE"));
        Assert.Equal(new SipTimestamp(54.21m, 0.3m), SipTimestamp.Parse("54.21 .3"));
    }

    [Fact]
    public void Bodies_say_what_they_are_for()
    {
        var disposition = ContentDisposition.Parse("attachment; filename=\"smime.p7m\"; handling=OPTIONAL");

        Assert.Equal(("attachment", "smime.p7m", true), (disposition.Type, disposition.FileName, disposition.IsOptional));
        Assert.False(new ContentDisposition("session").IsOptional);
    }

    [Theory]
    [InlineData("text/plain", "TEXT/Plain;charset=utf-8", true)]
    [InlineData("text/*", "text/html", true)]
    [InlineData("*/*", "application/sdp", true)]
    [InlineData("text/*", "application/sdp", false)]
    [InlineData("text/plain", "text/html", false)]
    [InlineData("*/plain", "text/plain", false)]
    public void A_range_of_media_types_covers_types(string range, string type, bool isCovered) =>
        Assert.Equal(isCovered, MediaType.Parse(range).Covers(MediaType.Parse(type)));

    [Fact]
    public void Types_compare_without_case() => Assert.Equal(new MediaType("Text", "PLAIN", SipParameters.Empty), MediaType.Parse("text/plain"));

    [Fact]
    public void What_is_wanted_more_has_the_higher_quality()
    {
        Assert.Equal((1, 0.8, 0), (LanguageRange.Parse("da").Quality, LanguageRange.Parse("en-gb;q=0.8").Quality, LanguageRange.Parse("en;q=0").Quality));
        Assert.Equal((0.5, 1, 1), (ContentCoding.Parse("gzip;q=0.5").Quality, ContentCoding.Parse("gzip;q=7").Quality, MediaType.Parse("a/b;q=-1").Quality));
        Assert.Equal((0.2, "MD5"), (SecurityMechanism.Parse("tls;q=0.2").Preference, SecurityMechanism.Parse("digest;d-alg=MD5").DigestAlgorithm));
    }

    [Fact]
    public void References_entries_and_identities()
    {
        var identity = SignedIdentity.Parse("..a-b_c==;info=<https://biloxi.example.org/biloxi.cer>;alg=ES256;ppt=\"shaken\"");
        var entry = HistoryEntry.Parse("\"Bob\" <sip:bob@192.0.2.4>;index=1.1;mp=1");

        Assert.Equal(("..a-b_c==", "https://biloxi.example.org/biloxi.cer", "ES256", "shaken"), (identity.Digest, identity.Certificate!.ToString(), identity.Algorithm, identity.PassportType));
        Assert.Equal(("Bob", "1.1", "1"), (entry.DisplayName, entry.Index, entry.MappedFrom));
        Assert.Equal("<sip:a@b>;index=1", new HistoryEntry(SipUri.Parse("sip:a@b"), "1").ToString());
        Assert.Equal("icon", UriReference.Parse("<http://h/a.jpg>;purpose=icon").Purpose);
        Assert.Equal("<urn:alert:x>", new UriReference(SipUri.Parse("urn:alert:x")).ToString());
    }

    [Fact]
    public void Wishes_about_who_answers()
    {
        Assert.Equal((true, true), (FeatureSet.Parse("*;audio;require;explicit").IsRequired, FeatureSet.Parse("*;audio;require;explicit").IsExplicit));
        Assert.Equal((true, true, false), (AnswerMode.Parse("auto;require").IsAuto, AnswerMode.Parse("auto;require").IsRequired, new AnswerMode("Manual").IsAuto));
        Assert.Equal("dsn.flash", new ResourcePriority("dsn", "flash").ToString());
        Assert.Equal("foo;x", new InfoPackage("foo").WithParameter("x", null).ToString());
    }

    [Fact]
    public void Headers_of_office_communications_server()
    {
        var diagnostics = MsDiagnostics.Parse("1000;reason=\"Final handshake failed\";source=\"server.example.test\"");
        var keepAlive = MsKeepAlive.Parse("UAC;tcp=no;hop-hop=yes;end-end=no;timeout=300");

        Assert.Equal((1000, "Final handshake failed", "server.example.test"), (diagnostics.Code, diagnostics.Reason, diagnostics.Source));
        Assert.Equal(("UAC", true, TimeSpan.FromMinutes(5)), (keepAlive.Role, keepAlive.IsHopByHop, keepAlive.Timeout!.Value));
        Assert.Equal("01010101", NameAddress.Parse("<sip:a@b>;tag=1;epid=01010101").Epid);
    }

    [Fact]
    public void Secrets_are_not_shown()
    {
        var credentials = AuthenticationParameters.Parse("Digest username=\"a\", response=\"secret\"");

        Assert.DoesNotContain("secret", credentials.ToString(), StringComparison.Ordinal);
        Assert.Equal(credentials, AuthenticationParameters.Parse("digest username=a,response=secret"));
    }

    [Fact]
    public void Text_that_is_no_value_is_a_format_error()
    {
        Assert.Throws<FormatException>(() => SipEvent.Parse("a b"));
        Assert.Throws<FormatException>(() => RAck.Parse("1"));
        Assert.Throws<FormatException>(() => Via.Parse("x"));
        Assert.Throws<ArgumentNullException>(() => SipEvent.Parse(null!));
        Assert.False(CSeq.TryParse(null, out _));
        Assert.False(SipWarning.TryParse("307 x", out _));
    }
}
