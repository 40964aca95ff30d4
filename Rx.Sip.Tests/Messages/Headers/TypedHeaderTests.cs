using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Xunit;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>What reading and writing typed headers does beyond a single value: lists, compact forms, headers of one's own, refusals.</summary>
public class TypedHeaderTests
{
    private static readonly HeaderField<Colour> ColourField = new("X-Colour", Colour.TryParse);
    private static readonly HeaderListField<Colour> Colours = new("X-Colours", Colour.TryParse);
    private static readonly HeaderValueField<int> Floor = new("X-Floor", int.TryParse);

    [Fact]
    public void A_comma_list_and_separate_lines_are_one_list()
    {
        var request = Given.Request.WithAddedHeader("Path", "<sip:a;lr>, <sip:b;lr>").WithAddedHeader("Path", "<sip:c;lr>");

        Assert.Equal(["a", "b", "c"], request.GetAll(HeaderFields.Path).Select(path => path.Uri.Host));
    }

    [Fact]
    public void Setting_a_list_replaces_all_its_lines_by_one()
    {
        var request = Given.Request.WithAddedHeader("Path", "<sip:a>").WithAddedHeader("Path", "<sip:b>")
            .With(HeaderFields.Path, [NameAddress.Parse("<sip:c;lr>"), NameAddress.Parse("<sip:d>;x=y")]);

        Assert.Equal(["<sip:c;lr>, <sip:d>;x=y"], request.Headers.GetAll("Path"));
    }

    [Fact]
    public void Adding_to_a_list_leaves_what_is_there_as_it_came()
    {
        var request = Given.Request.WithHeader("Reason", "SIP ;cause=200").WithAdded(HeaderFields.Reason, new SipReason("Q.850", 16, "Terminated"));

        Assert.Equal(["SIP ;cause=200", "Q.850;cause=16;text=\"Terminated\""], request.Headers.GetAll("Reason"));
        Assert.Equal([200, 16], request.GetAll(HeaderFields.Reason).Select(reason => reason.Cause));
    }

    [Fact]
    public void Adding_to_a_list_between_semicolons_keeps_it_one_line() =>
        Assert.Equal(["id;critical"], Given.Request.WithAdded(HeaderFields.Privacy, "id").WithAdded(HeaderFields.Privacy, "critical").Headers.GetAll("Privacy"));

    [Fact]
    public void Challenges_get_a_line_each()
    {
        AuthenticationParameters[] challenges = [AuthenticationParameters.Parse("Digest realm=\"a\", nonce=\"n\""), AuthenticationParameters.Parse("Digest realm=\"b\", nonce=\"n\"")];
        var response = Given.Response.With(HeaderFields.WwwAuthenticate, challenges);

        Assert.Equal(["Digest realm=\"a\", nonce=\"n\"", "Digest realm=\"b\", nonce=\"n\""], response.Headers.GetAll("WWW-Authenticate"));
        Assert.Equal(challenges, response.WwwAuthenticate);
        Assert.Throws<ArgumentException>(() => HeaderFields.WwwAuthenticate.Write(challenges));
    }

    [Fact]
    public void An_empty_list_takes_the_header_away_unless_it_says_that_nothing_is_accepted()
    {
        var request = Given.Request.WithHeader("Path", "<sip:a>").With(HeaderFields.Path, []).With(HeaderFields.Accept, []);

        Assert.Equal(HeaderReading.Missing, request.ReadingOf(HeaderFields.Path));
        Assert.Equal(HeaderReading.Readable, request.ReadingOf(HeaderFields.Accept));
        Assert.Equal("", request.Headers.Get("Accept"));
    }

    [Fact]
    public void An_unreadable_element_is_left_out_and_told_of()
    {
        var request = Given.Request.WithHeader("Service-Route", "<sip:a;lr>, nonsense, <sip:b;lr>");

        Assert.Equal(["a", "b"], request.GetAll(HeaderFields.ServiceRoute).Select(route => route.Uri.Host));
        Assert.Equal(HeaderReading.Unreadable, request.ReadingOf(HeaderFields.ServiceRoute));
        Assert.False(HeaderFields.ServiceRoute.TryParse("<sip:a;lr>, nonsense", out _));
    }

    [Fact]
    public void An_asterisk_is_a_readable_contact_without_addresses()
    {
        var request = Given.Request.WithHeader("Contact", "*");

        Assert.True(request.IsContactWildcard);
        Assert.Empty(request.GetAll(HeaderFields.Contact));
        Assert.Equal(HeaderReading.Readable, request.ReadingOf(HeaderFields.Contact));
    }

    [Fact]
    public void The_compact_form_is_read_replaced_and_removed_like_the_long_one()
    {
        var request = Given.Request.WithHeader("X-Before", "1");
        Assert.True(SipRequest.TryParse(request.ToWireString().Replace("X-Before: 1", "o: presence", StringComparison.Ordinal), out var read));

        Assert.Equal("presence", read.Get(HeaderFields.Event)!.Package);
        Assert.Equal(["dialog"], read.With(HeaderFields.Event, new SipEvent("dialog")).Headers.GetAll("Event"));
        Assert.Null(read.Without(HeaderFields.Event).Headers.Get("o"));
        Assert.Equal(("o", "Event"), (HeaderFields.Event.CompactName, HeaderFields.Event.Name));
        Assert.Null(HeaderFields.Path.CompactName);
    }

    [Fact]
    public void Of_a_header_that_stands_there_twice_the_first_counts() =>
        Assert.Equal("a", Given.Request.WithAddedHeader("Event", "a").WithAddedHeader("Event", "b").Get(HeaderFields.Event)!.Package);

    [Fact]
    public void A_value_is_read_once_and_kept_also_when_it_is_none()
    {
        var request = Given.Request.WithHeader("Event", "presence").WithHeader("X-Colour", "#102030").WithHeader("Replaces", "none");

        Assert.Same(request.Get(HeaderFields.Event), request.Get(HeaderFields.Event));
        Assert.Same(request.Get(ColourField), request.Get(ColourField));
        Assert.Null(request.Get(HeaderFields.Replaces));
        Assert.Null(request.Get(HeaderFields.Replaces));
    }

    [Fact]
    public void A_header_of_ones_own_is_declared_in_a_line()
    {
        var request = Given.Request.With(ColourField, new Colour(1, 2, 255)).With(Colours, [new Colour(0, 0, 0), new Colour(9, 9, 9)]).With(Floor, 7);

        Assert.Equal("#0102FF", request.Headers.Get("x-colour"));
        Assert.Equal(new Colour(1, 2, 255), request.Get(ColourField));
        Assert.Equal([new Colour(0, 0, 0), new Colour(9, 9, 9)], request.WithAdded(Colours, new Colour(1, 1, 1)).GetAll(Colours).Take(2));
        Assert.Equal(7, request.Get(Floor));
        Assert.Equal(HeaderReading.Unreadable, Given.Request.WithHeader("X-Floor", "ground").ReadingOf(Floor));
        Assert.Throws<ArgumentException>(() => new HeaderField<Colour>("X Colour", Colour.TryParse));
    }

    [Fact]
    public void A_type_of_ones_own_for_a_header_of_the_library_stands_beside_its()
    {
        var shouted = new HeaderField<string>("s", Shout);
        var request = Given.Request.WithHeader("Subject", "hello");

        Assert.Equal(("HELLO", "hello", "HELLO"), (request.Get(shouted), request.Get(HeaderFields.Subject), request.Get(shouted)));
        Assert.Equal("Subject", shouted.Name);
    }

    [Fact]
    public void Nothing_can_be_smuggled_in_by_a_value()
    {
        Assert.Throws<ArgumentException>(() => Given.Request.With(HeaderFields.Subject, "hello\r\nVia: x"));
        Assert.Throws<ArgumentException>(() => Given.Request.With(HeaderFields.Event, new SipEvent("presence;id=1")));
        Assert.Throws<ArgumentException>(() => Given.Request.With(HeaderFields.SipIfMatch, "a b"));
        Assert.Throws<ArgumentException>(() => Given.Request.WithAdded(HeaderFields.AllowEvents, "presence, dialog"));
        Assert.Throws<ArgumentException>(() => Given.Request.With(HeaderFields.Replaces, new Replaces("c, d;e=f", "t", "f")));
        Assert.Throws<ArgumentException>(() => Given.Request.With(HeaderFields.FlowTimer, TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentException>(() => Given.Request.With(HeaderFields.Priority, "\ud800"));
    }

    [Fact]
    public void Seconds_are_whole_and_rounded_up()
    {
        var request = Given.Request.With(HeaderFields.FlowTimer, TimeSpan.FromSeconds(1.2)).With(HeaderFields.SessionExpires, new SessionExpires(TimeSpan.FromMilliseconds(90_001)));

        Assert.Equal(("2", "91"), (request.Headers.Get("Flow-Timer"), request.Headers.Get("Session-Expires")));
        Assert.Equal(TimeSpan.FromSeconds(91), request.Get(HeaderFields.SessionExpires)!.Interval);
    }

    [Fact]
    public void A_missing_argument_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Given.Request.Get((HeaderField<SipEvent>)null!));
        Assert.Throws<ArgumentNullException>(() => Given.Request.With(HeaderFields.Event, null!));
        Assert.Throws<ArgumentNullException>(() => Given.Request.With(HeaderFields.Path, null!));
        Assert.Throws<ArgumentNullException>(() => Given.Request.WithAdded(HeaderFields.Path, null!));
        Assert.Throws<ArgumentNullException>(() => new HeaderField<Colour>("X-Colour", null!));
    }

    private static bool Shout(string text, [NotNullWhen(true)] out string? value)
    {
        value = text.ToUpperInvariant();
        return true;
    }
}
