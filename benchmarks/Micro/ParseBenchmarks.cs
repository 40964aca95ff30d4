using BenchmarkDotNet.Attributes;
using Rx.Sip.Messages;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>Octets to a message, and to what every layer asks of it.</summary>
public class ParseBenchmarks
{
    private byte[] _octets = [];

    [ParamsAllValues]
    public Sample Sample { get; set; }

    [GlobalSetup]
    public void Read() => _octets = Samples.Octets(Sample);

    [Benchmark(Baseline = true, Description = "floor")]
    public int FindLinesAndColons() => Floor.Find(_octets);

    [Benchmark(Description = "parse")]
    public SipMessage Parse() => Parsed();

    /// <summary>What the library reads of a message it handles: slices, no text.</summary>
    [Benchmark(Description = "parse, read")]
    public int ParseAndRead()
    {
        var frame = Parsed().Frame;
        if (!ViaSyntax.TryReadTop(frame, out var via) || !HostPort.TryRead(via.SentBy, out var sentBy)
            || !frame.TryFind(HeaderId.From, out var text) || !AddressParts.TryRead(text, out var from)
            || !frame.TryFind(HeaderId.To, out text) || !AddressParts.TryRead(text, out var to)
            || !frame.TryFind(HeaderId.CallId, out var callId)
            || !frame.TryFind(HeaderId.CSeq, out text) || !CSeq.TrySplit(text, out var number, out var method))
            throw new InvalidOperationException("The sample lacks a header.");
        return via.Branch.Length + sentBy.Host.Length + from.Uri.Length + from.Tag.Length + to.Uri.Length + to.Tag.Length + callId.Length + (int)number + method.Length;
    }

    /// <summary>What an application reads: typed values.</summary>
    [Benchmark(Description = "parse, read as values")]
    public int ParseAndReadValues()
    {
        var message = Parsed();
        return message.TopVia!.Branch!.Length + message.From!.Uri.Host.Length + message.To!.Uri.Host.Length + message.CallId!.Length + (int)message.CSeq!.Value.Number;
    }

    [Benchmark(Description = "check")]
    public bool ParseAndCheck() => MessageCheck.Of((SipRequest)Parsed()) is null;

    private SipMessage Parsed() => SipParser.TryParse(_octets, out var message, out _) ? message : throw new InvalidOperationException("The sample is no message.");
}
