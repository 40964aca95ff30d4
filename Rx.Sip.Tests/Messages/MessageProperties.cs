using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>What holds of every message, tried on torture messages of our own, whole and damaged at random.</summary>
public class MessageProperties
{
    private static readonly byte[][] Originals = [.. OwnTortureMessages.All.Values.Select(message => message.Octets)];

    private static readonly SipRequest[] Requests =
        [.. Originals.Select(octets => SipParser.Parse(octets)).OfType<SipParseResult.Parsed>().Select(parsed => parsed.Message).OfType<SipRequest>()];

    private static readonly Gen<byte[]> Damaged =
        from original in Gen.Elements<byte[]>(Originals)
        from changes in Gen.Choose(0, 6).SelectMany(count => Change.ArrayOf(count))
        select changes.Aggregate(original, (octets, change) => change(octets));

    private static Gen<Func<byte[], byte[]>> Change =>
        from place in Gen.Choose(0, int.MaxValue)
        from length in Gen.Choose(1, 12)
        from octet in Gen.OneOf(Gen.Elements("\r\n\0\"\\<>,;:=@% \t[]1a"u8.ToArray()), Gen.Choose(0, 255).Select(value => (byte)value))
        from kind in Gen.Choose(0, 3)
        select (Func<byte[], byte[]>)(octets => Apply(octets, place % (octets.Length + 1), length, octet, kind));

    [Fact]
    public void Whatever_comes_is_read_judged_and_asked_without_an_exception() =>
        Prop.ForAll(Damaged.ToArbitrary(), octets =>
        {
            var result = SipParser.Parse(octets);
            var verdict = UserAgent.Rules.ValidateParsed(result);
            var message = result.Match(message => message, error => error.Readable);
            if (message is SipRequest request && verdict?.Answer(request, "t") is { } answer)
                Assert.Equal(verdict.StatusCode, answer.StatusCode);
            if (message is not null)
                Everything.Of(message);
            Assert.True(result is SipParseResult.Parsed || verdict is not null);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_accepted_stays_what_it_is_octet_by_octet_and_in_canonical_form() =>
        Prop.ForAll(Damaged.ToArbitrary(), octets => RoundTrip.Holds(octets, SipLimits.Default)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_pieces_a_stream_comes_in_make_no_difference() =>
        Prop.ForAll(Streams.ToArbitrary(), stream =>
        {
            var whole = Stream.Read([stream.Octets]).Where(item => item != "Pong");
            var pieces = Stream.Read(Cut(stream.Octets, stream.Cuts)).Where(item => item != "Pong");
            Assert.Equal(whole, pieces);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_edit_leaves_the_rest_as_it_is() =>
        Prop.ForAll(Edits.ToArbitrary(), edit =>
        {
            var edited = edit.Request.WithHeader("X-Own", edit.Value).WithFirstHeader("X-First", edit.Value).WithAddedHeader("Subject", edit.Value);
            Assert.Equal(Without(edit.Request, []), Without(edited, ["X-Own", "X-First"], skipLast: "Subject"));
            Assert.Equal(edit.Value, edited.Headers.Get("x-own"));
            Assert.True(edited.Body.Span.SequenceEqual(edit.Request.Body.Span));
            RoundTrip.Holds(edited.Bytes.ToArray(), SipLimits.Default);
            Assert.Equal(edited.Headers, Wire.Parse(edited.Bytes.ToArray()).Headers);

            var body = edited.WithBody("text/plain", edited.Bytes);
            Assert.True(body.Body.Span.SequenceEqual(edited.Bytes.Span));
            Assert.Equal(body.Headers, Wire.Parse(body.Bytes.ToArray()).Headers);
        }).QuickCheckThrowOnFailure();

    private static Gen<(byte[] Octets, int[] Cuts)> Streams =>
        from messages in Gen.OneOf(Gen.Elements<byte[]>(Originals), Damaged, Gen.Constant("\r\n\r\n"u8.ToArray())).ArrayOf(5)
        from cuts in Gen.Choose(1, 400).ArrayOf(12)
        select (messages.SelectMany(octets => octets).ToArray(), cuts);

    private static Gen<(SipRequest Request, string Value)> Edits =>
        from request in Gen.Elements<SipRequest>(Requests)
        from value in Gen.Elements("", "a", "ä;b=\"c, d\"", new string('x', 400), "a \\\0 b")
        select (request, value);

    private static byte[] Apply(byte[] octets, int place, int length, byte octet, int kind)
    {
        var end = Math.Min(octets.Length, place + length);
        return kind switch
        {
            0 => [.. octets[..place], octet, .. octets[place..]],
            1 => [.. octets[..place], .. octets[end..]],
            2 => [.. octets[..place], .. octets[place..end], .. octets[place..]],
            _ => place == octets.Length ? octets : [.. octets[..place], octet, .. octets[(place + 1)..]],
        };
    }

    private static IEnumerable<byte[]> Cut(byte[] octets, int[] lengths)
    {
        for (var (position, i) = (0, 0); position < octets.Length; i++)
        {
            var length = Math.Min(lengths[i % lengths.Length], octets.Length - position);
            yield return octets[position..(position + length)];
            position += length;
        }
    }

    private static List<SipHeader> Without(SipRequest request, string[] names, string? skipLast = null)
    {
        var headers = request.Headers.Where(header => HeaderName.Of(header.Name).Text is var name && name != "Content-Length" && !names.Contains(name)).ToList();
        if (skipLast is not null)
            headers.RemoveAt(headers.FindLastIndex(header => HeaderName.Of(header.Name).Text == skipLast));
        return headers;
    }
}
