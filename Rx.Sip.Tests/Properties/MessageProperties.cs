using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Properties;

/// <summary>What holds for every valid message, however it is spelled.</summary>
public class MessageProperties
{
    [Fact]
    public void Reading_what_was_written_gives_the_same_octets_headers_and_body() =>
        Prop.ForAll(SipArbitraries.Message, message =>
        {
            var again = Read(message.Bytes);
            Assert.Equal(message.ToWireString(), again.ToWireString());
            Assert.Equal(message.Headers, again.Headers);
            Assert.True(message.Body.Span.SequenceEqual(again.Body.Span));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_canonical_form_means_the_same() =>
        Prop.ForAll(SipArbitraries.Message, message =>
        {
            var canonical = Read(Canonical(message));
            Assert.Equal(message.Headers.Select(header => header.Value), canonical.Headers.Select(header => header.Value));
            Assert.Equal(message.Vias, canonical.Vias);
            Assert.Equal((message.From, message.To, message.CallId, message.CSeq), (canonical.From, canonical.To, canonical.CallId, canonical.CSeq));
            Assert.Equal(message.Contacts, canonical.Contacts);
            Assert.DoesNotContain(canonical.Headers, header => header.Name.Length == 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void However_a_stream_is_cut_the_same_messages_come_out() =>
        Prop.ForAll(Arb.From(SipArbitraries.Message.Generator.Two()), ArbMap.Default.ArbFor<PositiveInt>(), (messages, size) =>
        {
            var (octets, parser) = (messages.Item1.Bytes.ToArray().Concat(messages.Item2.Bytes.ToArray()).ToArray(), new SipStreamParser());
            var read = octets.Chunk(size.Get).SelectMany(chunk => parser.Append(chunk)).ToList();
            Assert.Equal([messages.Item1.ToWireString(), messages.Item2.ToWireString()], read.Select(result => Assert.IsType<SipParseResult.Parsed>(result).Message.ToWireString()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_edit_changes_its_header_and_no_other() =>
        Prop.ForAll(SipArbitraries.Request, SipArbitraries.Header, (request, header) =>
        {
            var edited = request.WithHeader(header.Name, header.Value);
            Assert.Equal([header.Value], edited.Headers.GetAll(header.Name));
            Assert.Equal(Others(request, header.Name), Others(edited, header.Name));
            Assert.Equal(Others(request, header.Name), Others(request.WithoutHeader(header.Name), header.Name));
            Assert.Equal(edited.Headers, Read(edited.Bytes).Headers);
        }).QuickCheckThrowOnFailure();

    // Found by fuzzing: the line behind went instead.
    [Fact]
    public void A_repeated_header_behind_Content_Length_is_replaced_and_removed_and_nothing_else()
    {
        var request = Messages.Wire.RequestWith("Call-ID: c\r\nContent-Length: 0\r\nSubject: one\r\nX-Stays: here\r\nsubject: two");
        Assert.Equal(("x", "here"), (Assert.Single(request.WithHeader("Subject", "x").Headers.GetAll("Subject")), request.WithHeader("Subject", "x").Headers.Get("X-Stays")));
        Assert.Equal((false, "here"), (request.WithoutHeader("Subject").Headers.Contains("Subject"), request.WithoutHeader("Subject").Headers.Get("X-Stays")));
    }

    [Fact]
    public void A_header_put_in_front_and_taken_off_again_leaves_the_request_as_it_was() =>
        Prop.ForAll(SipArbitraries.Request, request =>
        {
            var via = request.WithFirstHeader("Via", "SIP/2.0/UDP proxy.test;branch=z9hG4bKx");
            Assert.Equal("proxy.test", via.TopVia!.Host);
            Assert.Equal(request.Vias, via.WithoutFirstValue("Via").Vias);
            Assert.Equal(Others(request, "Via"), Others(via.WithoutFirstValue("Via"), "Via"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_response_goes_back_the_way_its_request_came() =>
        Prop.ForAll(SipArbitraries.Request, Arb.From(Gen.Choose(100, 699)), (request, status) =>
        {
            var response = Assert.IsType<SipResponse>(Read(SipResponse.For(request, status, null, "tag").Bytes));
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(request.Vias, response.Vias);
            Assert.Equal((request.From, request.CallId, request.CSeq), (response.From, response.CallId, response.CSeq));
            Assert.Equal(status > 100 ? request.To!.Tag ?? "tag" : request.To!.Tag, response.To!.Tag);
        }).QuickCheckThrowOnFailure();

    private static byte[] Canonical(SipMessage message)
    {
        var writer = new System.Buffers.ArrayBufferWriter<byte>();
        message.WriteCanonical(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static SipMessage Read(ReadOnlyMemory<byte> octets) => Assert.IsType<SipParseResult.Parsed>(SipParser.Parse(octets)).Message;

    // Whatever it is spelled like: compact forms are the same header.
    private static IEnumerable<SipHeader> Others(SipRequest request, string name) =>
        request.Headers.Where(header => LongName(header.Name) != "CONTENT-LENGTH" && LongName(header.Name) != LongName(name));

    private static string LongName(string name) => Rx.Sip.Testing.Generators.Parts.FieldKinds.LongName(name).ToUpperInvariant();
}
