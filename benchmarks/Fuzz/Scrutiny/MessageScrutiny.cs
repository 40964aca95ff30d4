using System.Buffers;
using Rx.Sip.Messages;

namespace Rx.Sip.Benchmarks.Fuzz.Scrutiny;

/// <summary>
/// Takes octets through the whole message layer and throws when something is not as it must be: as a datagram, as a stream in chunks,
/// every typed member, the verdict, edits, what is written read again, a response. What is allocated must be bounded by a line over the
/// length of the input. Keeps nothing of the input; not safe for several threads.
/// </summary>
/// <param name="random">Decides how streams are cut, and what is looked at now and then.</param>
/// <param name="every">What costs most (values of values, bodies, edits, the canonical form) each is looked at in one of so many inputs.</param>
internal sealed class MessageScrutiny(Random random, int every)
{
    // Octets allocated for each octet of input, and besides: a line over what was measured, with room above it.
    private const int ParsePerOctet = 40;
    private const int AllPerOctet = 4000;
    private const int ParseAtLeast = 16 * 1024;
    private const int AllAtLeast = 4 * 1024 * 1024;

    private readonly TypedMembers _members = new();
    private readonly FieldScrutiny _fields = new();
    private readonly BodyScrutiny _bodies = new();

    /// <summary>How many inputs were messages without a defect.</summary>
    public long Messages { get; private set; }

    /// <summary>How many had a defect and could be read all the same.</summary>
    public long Readable { get; private set; }

    private bool Now => every == 1 || random.Next(every) == 0;

    /// <summary>Looks at one input.</summary>
    public void Examine(ReadOnlyMemory<byte> octets)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = SipParser.Parse(octets);
        Require(Allocated(before) <= (long)ParsePerOctet * octets.Length + ParseAtLeast, "parsing allocates more than its share");
        var whole = (result as SipParseResult.Parsed)?.Message;
        var message = whole ?? ((SipParseResult.Malformed)result).Error.Readable;
        (Messages, Readable) = (Messages + (whole is null ? 0 : 1), Readable + (whole is null && message is not null ? 1 : 0));
        ExamineStream(octets, whole);
        if (message is not null)
            ExamineMessage(message, hasDefect: whole is null);
        if (message is SipRequest request)
            ExamineResponse(request, hasDefect: whole is null);
        if (whole is not null && Now)
            ExamineWriting(whole);
        Require(Allocated(before) <= (long)AllPerOctet * octets.Length + AllAtLeast, "all of it allocates more than its share");
    }

    private void ExamineStream(ReadOnlyMemory<byte> octets, SipMessage? datagram)
    {
        var (chunked, whole) = (new SipStreamParser(), new SipStreamParser());
        var results = whole.Append(octets);
        var others = new List<SipParseResult>();
        for (var rest = octets; !rest.IsEmpty;)
        {
            var length = Math.Min(rest.Length, NextChunk(octets.Length));
            others.AddRange(chunked.Append(rest[..length]));
            rest = rest[length..];
        }
        Require(results.Count == others.Count && whole.IsBroken == chunked.IsBroken, "a stream in chunks is not the stream");
        for (var i = 0; i < results.Count; i++)
            Require(AreSame(results[i], others[i]), "a message in chunks is not the message");
        Require(AreSame(whole.Complete(), chunked.Complete()), "a stream in chunks ends otherwise");
        if (datagram?.Headers.Contains("Content-Length") == true)
            Require(results is [SipParseResult.Parsed first, ..] && first.Message.Bytes.Span.SequenceEqual(datagram.Bytes.Span), "a datagram is not the same on a stream");
    }

    // Small chunks for small inputs only: each costs a call.
    private int NextChunk(int length) => random.Next(3) == 0 ? 1 + length / 50 : 1 + random.Next(Math.Max(1, length / 2));

    private static bool AreSame(IReadOnlyList<SipParseResult> left, IReadOnlyList<SipParseResult> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(SipParseResult left, SipParseResult right) => (left, right) switch
    {
        (SipParseResult.Parsed one, SipParseResult.Parsed other) => one.Message.Bytes.Span.SequenceEqual(other.Message.Bytes.Span),
        (SipParseResult.Malformed one, SipParseResult.Malformed other) => one.Error.Reason == other.Error.Reason,
        _ => false,
    };

    private void ExamineMessage(SipMessage message, bool hasDefect)
    {
        _members.ReadAll(message, Now ? TypedMembers.Deepest : 1);
        _fields.Examine(message, hasDefect);
        if (Now)
            _bodies.Examine(message, random);
        if (message.Headers is [var first, ..])
            Require(message.Headers.Get(first.Name) == first.Value && message.Headers.GetAll(first.Name)[0] == first.Value, "the first header is not found");
        if (message is SipResponse response)
            _ = MessageCheck.IsUsable(response);
    }

    // What is copied from a request with a defect may bring the defect along.
    private static void ExamineResponse(SipRequest request, bool hasDefect)
    {
        var (isAnswerable, verdict) = (MessageCheck.IsAnswerable(request), SipRules.Default.Validate(request));
        if (!isAnswerable && verdict is not null)
            return;
        var response = SipResponse.For(request, 200, null, "tag");
        if (hasDefect)
            return;
        Require(SipParser.Parse(response.Bytes) is SipParseResult.Parsed { Message: SipResponse { StatusCode: 200 } }, "a response can't be read");
        if (verdict is null)
            Require(MessageCheck.IsUsable(response), "the response to a valid request is none");
    }

    private void ExamineWriting(SipMessage message)
    {
        Require(SipParser.Parse(message.Bytes) is SipParseResult.Parsed again && again.Message.Bytes.Span.SequenceEqual(message.Bytes.Span)
            && again.Message.Headers.SequenceEqual(message.Headers), "what was written reads otherwise");
        ExamineCanonical(message);
        if (message is not SipRequest request || message.Headers.Count > MostElements(message.Bytes.Length))
            return;
        ExamineEdits(request, random.Next(4));
        if (request.RequestUri is { } uri)
            Require(SipUri.TryParse(uri.ToString(), out var same) && same.Equals(uri) && same.GetHashCode() == uri.GetHashCode(), "a URI is not equal to itself");
    }

    private static void ExamineCanonical(SipMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(message.Bytes.Length + 64);
        message.WriteCanonical(buffer);
        Require(SipParser.Parse(buffer.WrittenMemory) is SipParseResult.Parsed, "the canonical form can't be read");
        var again = new ArrayBufferWriter<byte>(buffer.WrittenCount);
        ((SipParseResult.Parsed)SipParser.Parse(buffer.WrittenMemory)).Message.WriteCanonical(again);
        Require(again.WrittenSpan.SequenceEqual(buffer.WrittenSpan), "the canonical form of the canonical form is another");
    }

    // One kind of edit for each input: in so many inputs each meets everything.
    private void ExamineEdits(SipRequest request, int kind)
    {
        switch (kind)
        {
            case 0:
                ExamineEdit(request.WithFirstHeader("X-Scrutiny", "1"), request, 1);
                break;
            case 1:
                ExamineEdit(request.WithHeader("Subject", "x").WithoutHeader("Subject"), request, -request.Headers.GetAll("Subject").Count);
                break;
            case 2:
                ExamineEdit(request.WithBody("text/plain", new byte[] { 65 }), null, 0);
                break;
            default:
                if (request.Headers.Count > 0)
                    ExamineEdit(request.WithoutFirstValue(request.Headers[random.Next(request.Headers.Count)].Name), null, 0);
                break;
        }
    }

    // Edits of the longest inputs are a matter of the table of scaling, not of ten million runs.
    private static int MostElements(int length) => length > 100_000 ? 0 : int.MaxValue;

    private static void ExamineEdit(SipRequest edited, SipRequest? original, int more)
    {
        Require(SipParser.Parse(edited.Bytes) is SipParseResult.Parsed again && again.Message.Headers.SequenceEqual(edited.Headers)
            && again.Message.Body.Span.SequenceEqual(edited.Body.Span), "an edited message reads otherwise");
        if (original is not null)
            Require(edited.Headers.Count(IsNoLength) == original.Headers.Count(IsNoLength) + more, "an edit changed other headers");
    }

    private static bool IsNoLength(SipHeader header) => !header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && header.Name is not ("l" or "L");

    private static long Allocated(long before) => GC.GetAllocatedBytesForCurrentThread() - before;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new ScrutinyException(otherwise);
    }
}
