using BenchmarkDotNet.Attributes;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>Octets of a body to what it says, and back.</summary>
public class BodyBenchmarks
{
    private ContentDescription _content = new("text/plain", "");
    private object? _value;

    [ParamsAllValues]
    public BodySample Sample { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var sdp = new ContentDescription("application/sdp", Samples.Description.ReplaceLineEndings("\r\n"));
        var location = new ContentDescription("application/pidf+xml", $"<presence entity=\"pres:alice@example.test\">{new string('x', 400)}</presence>").WithContentId("alice@example.test");
        _content = Sample switch
        {
            BodySample.Sdp => sdp,
            BodySample.Multipart => MimeMultipart.Mixed([sdp, location]).ToContent(),
            _ => CpimMessage.Create(new CpimAddress("Alice", "sip:alice@example.test"), new CpimAddress("sip:bob@example.test"), new ContentDescription("text/plain", "Are you coming over for tea?"))
                .WithDateTime(DateTimeOffset.UnixEpoch).WithNamespace("imdn", "urn:ietf:params:imdn").ToContent(),
        };
        _value = Read();
    }

    [Benchmark(Baseline = true, Description = "floor")]
    public int FindLinesAndColons() => Floor.Find(_content.Body.Span);

    [Benchmark(Description = "read")]
    public object? Read() => Sample switch
    {
        BodySample.Sdp => SdpDescription.Read(_content.Body),
        BodySample.Multipart => MimeMultipart.Read(_content, BodyLimits.Default),
        _ => CpimMessage.Read(_content.Body),
    };

    /// <summary>What an application asks for: the codecs, the parts' types, the sender.</summary>
    [Benchmark(Description = "read, read as values")]
    public int ReadValues() => Read() switch
    {
        BodyResult<SdpDescription>.Parsed sdp => sdp.Value.Media[0].Codecs.Length + sdp.Value.ConnectionOf(sdp.Value.Media[0])!.Address.Length,
        BodyResult<MimeMultipart>.Parsed parts => parts.Value.Parts.Sum(part => part.ContentType.Name.Length),
        BodyResult<CpimMessage>.Parsed message => message.Value.From!.Uri.Length + message.Value.Content.Text.Length,
        _ => 0,
    };

    [Benchmark(Description = "write")]
    public int Write() => _value switch
    {
        BodyResult<SdpDescription>.Parsed sdp => sdp.Value.ToBytes().Length,
        BodyResult<MimeMultipart>.Parsed parts => parts.Value.ToContent().Body.Length,
        BodyResult<CpimMessage>.Parsed message => message.Value.ToContent().Body.Length,
        _ => 0,
    };
}
