using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Subscriptions.Registrations;
using Xunit;

namespace Rx.Sip.Tests.Subscriptions.Registrations;

public class RegistrationInformationReaderTests
{
    private const string Example = """
        <?xml version="1.0"?>
        <reginfo xmlns="urn:ietf:params:xml:ns:reginfo" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="7" state="partial">
          <registration aor="sip:user@example.com" id="as9" state="active">
            <contact id="76" state="active" event="registered" duration-registered="7322" q="0.8" expires="120">
              <uri>sip:user@pc887.example.com</uri>
              <display-name>A &amp; B</display-name>
              <unknown-param name="+sip.instance">"&lt;urn:uuid:f81d4fae&gt;"</unknown-param>
              <unknown-param name="audio"/>
              <gr:pub-gruu xmlns:gr="urn:ietf:params:xml:ns:gruuinfo" uri="sip:user@example.com;gr=x"/>
            </contact>
            <other xmlns="urn:other"><contact id="1" state="active" event="registered"><uri>sip:no@example.com</uri></contact></other>
            <contact id="77" state="terminated" event="probation" retry-after="9"><uri>sip:user@university.edu</uri></contact>
          </registration>
        </reginfo>
        """;

    [Fact]
    public void A_document_is_read_with_all_it_says_of_contacts()
    {
        var document = Read(Example)!;
        Assert.Equal((7u, false, "sip:user@example.com", 2), (document.Version, document.IsFull, document.Registrations["as9"], document.Contacts.Length));
        var (first, second) = (document.Contacts[0], document.Contacts[1]);
        Assert.Equal("\"A & B\" <sip:user@pc887.example.com>;q=0.8;+sip.instance=\"<urn:uuid:f81d4fae>\";audio", first.Contact.ToString());
        Assert.Equal((true, ContactEvent.Registered, TimeSpan.FromMinutes(2)), (first.IsActive, first.Event, first.Expires));
        Assert.Equal((false, ContactEvent.Probation, TimeSpan.FromSeconds(9)), (second.IsActive, second.Event, second.RetryAfter));
    }

    [CorpusFact]
    public void The_documents_of_the_RFCs_are_read()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Corpus.Root, "xml"), "*reginfo.xml"))
            Assert.True(RegistrationInformationReader.TryRead(File.ReadAllBytes(path), out var document) && document.Registrations.Count > 0, path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no XML")]
    [InlineData("<reginfo version=\"0\" state=\"full\"/>")]
    [InlineData("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" state=\"full\"/>")]
    [InlineData("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"-1\" state=\"full\"/>")]
    [InlineData("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"4294967296\" state=\"full\"/>")]
    [InlineData("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"half\"/>")]
    [InlineData("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"full\">")]
    [InlineData("<!DOCTYPE reginfo [<!ENTITY a \"a\">]><reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"full\"/>")]
    [InlineData("<!DOCTYPE reginfo SYSTEM \"file:///etc/passwd\"><reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"full\"/>")]
    public void What_is_no_document_is_none(string text) => Assert.Null(Read(text));

    [Fact]
    public void An_empty_document_is_one() => Assert.Empty(Read("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"full\"/>")!.Contacts);

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void There_is_an_end_to_contacts(int count, bool isRead) =>
        Assert.Equal(isRead, Read(With(string.Concat(Enumerable.Range(0, count).Select(id => $"<contact id=\"{id}\" state=\"active\" event=\"created\"><uri>sip:a@b</uri></contact>")))) is not null);

    [Fact]
    public void There_is_an_end_to_depth_and_to_size()
    {
        Assert.Null(Read(With(string.Concat(Enumerable.Repeat("<a>", 20)) + string.Concat(Enumerable.Repeat("</a>", 20)))));
        Assert.Null(Read(With(new string(' ', RegistrationInformationReader.MaxOctets))));
    }

    [Fact]
    public void A_contact_that_can_not_be_read_is_left_out_and_so_is_a_parameter_that_is_none()
    {
        var document = Read(With("""
            <contact id="1" state="active" event="created"><uri>nonsense</uri></contact>
            <contact state="active" event="created"><uri>sip:a@b</uri></contact>
            <contact id="3" state="active" event="unheard-of" expires="soon"><uri>sip:c@d</uri><unknown-param name="a b">c</unknown-param><unknown-param name="x">two words</unknown-param></contact>
            """))!;
        var only = Assert.Single(document.Contacts);
        Assert.Equal(("<sip:c@d>;x=\"two words\"", ContactEvent.Unknown, null), (only.Contact.ToString(), only.Event, only.Expires));
    }

    [Fact]
    public void Whatever_is_damaged_is_read_or_not_but_never_throws() => Prop.ForAll(
        Arb.From(from cuts in Gen.ArrayOf(from at in Gen.Choose(0, Example.Length - 1) from octet in Gen.Choose(0, 255) select (at, (byte)octet))
                 from length in Gen.Choose(0, Example.Length)
                 select (cuts, length)),
        damage =>
        {
            var octets = Encoding.UTF8.GetBytes(Example);
            foreach (var (at, octet) in damage.cuts)
                octets[at] = octet;
            _ = RegistrationInformationReader.TryRead(octets.AsMemory(0, damage.length), out _);
            _ = RegistrationInformationReader.TryRead(octets, out _);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string With(string contacts) =>
        $"<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"full\"><registration aor=\"sip:a@b\" id=\"1\" state=\"active\">{contacts}</registration></reginfo>";

    private static RegistrationInformation? Read(string text) => RegistrationInformationReader.TryRead(Encoding.UTF8.GetBytes(text), out var document) ? document : null;
}
