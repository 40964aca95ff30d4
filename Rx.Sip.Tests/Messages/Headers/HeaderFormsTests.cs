using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Tests.Architecture;
using Xunit;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>Every header the library declares, in the forms that the RFCs allow and in some they don't.</summary>
public class HeaderFormsTests
{
    // Whatever stands in these is their value: free text, and extensions, which a 420 must be able to name.
    private static readonly string[] AcceptAnything =
        ["Ms-Conversation-ID", "Organization", "Proxy-Require", "Require", "Server", "Subject", "Unsupported", "User-Agent"];

    public static TheoryData<string> Names => [.. FieldProbe.All.Keys];

    [Fact]
    public void Every_header_has_forms_here_and_every_form_a_header() =>
        Assert.Equal(FieldProbe.All.Keys.Order(StringComparer.Ordinal), HeaderForms.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_header_has_valid_forms_and_malformed_ones_unless_it_takes_anything() =>
        Findings.AreNone(from form in HeaderForms.All
                         where form.Value.Valid.Count < 2 || form.Value.Malformed.Count < 3 != AcceptAnything.Contains(form.Key)
                         where form is not { Key: "In-Reply-To", Value.Malformed.Count: 2 }
                         select form.Key);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_grammar_allows_is_read_and_written_again_with_the_same_meaning(string name)
    {
        var probe = FieldProbe.All[name];
        foreach (var form in HeaderForms.All[name].Valid)
        {
            var message = Given.Received(name, form[0]);
            var values = probe.Get(message);

            Assert.True(message.ReadingOf(probe.Field) == HeaderReading.Readable, form[0]);
            Assert.Equal(form[1], probe.Write(values));
            Assert.Equal(values, probe.Get(Given.Received(name, form[1])));
            if (values.Count == 0 || name == "Content-Length")
                continue; // what an empty list and the length of a body write is their own affair
            Assert.Equal(form[1], probe.With((SipRequest)message, values).Headers.Get(name));
            Assert.Equal(values, probe.Get(Given.Reread(probe.With(Given.Request, values))));
            Assert.Equal(values, probe.Get(probe.With(Given.Response, values)));
            Assert.Equal(values, probe.Parse(form[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_grammar_forbids_is_unreadable_and_nothing_worse(string name)
    {
        var probe = FieldProbe.All[name];
        foreach (var text in HeaderForms.All[name].Malformed)
        {
            var message = Given.Received(name, text);

            Assert.True(message.ReadingOf(probe.Field) == HeaderReading.Unreadable, $"{name}: {text}");
            Assert.True(probe.Parse(text) is null, text);
            Assert.True(probe.Get(message).Count == 0 || IsList(probe), text);
            Assert.Equal(text, message.Headers.Get(name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_header_is_told_from_an_unreadable_one(string name)
    {
        var (probe, bare) = (FieldProbe.All[name], Given.Bare(name));

        Assert.Equal(HeaderReading.Missing, bare.ReadingOf(probe.Field));
        Assert.Empty(probe.Get(bare));
        Assert.Null(probe.Parse(null));
        Assert.Null(probe.Parse("a\r\nb"));
    }

    [Fact]
    public void The_length_of_a_body_is_never_another_than_it_is()
    {
        Assert.Throws<ArgumentException>(() => Given.Request.With(HeaderFields.ContentLength, 349));
        Assert.Equal(["0"], Given.Request.WithoutHeader("Content-Length").Headers.GetAll("Content-Length"));
    }

    private static bool IsList(FieldProbe probe) => probe.Field.GetType().GetGenericTypeDefinition() == typeof(HeaderListField<>);
}
