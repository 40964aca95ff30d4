using System.Buffers;
using BenchmarkDotNet.Attributes;
using Rx.Sip.Messages;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>A message to the octets that are sent.</summary>
public class WriteBenchmarks
{
    private static readonly byte[] Via = "SIP/2.0/UDP 192.0.2.17:5060;branch=z9hG4bK7s1kd0q2m4p8a6ve;rport"u8.ToArray();
    private static readonly NameAddress Alice = NameAddress.Parse("\"Alice\" <sip:alice@example.test>;tag=p0d8u2m5s7k1");
    private static readonly NameAddress Bob = NameAddress.Parse("<sip:bob@example.test>");
    private static readonly ReadOnlyMemory<byte> Text = "Are you coming over for tea this afternoon?"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private byte[] _octets = [];
    private SipRequest? _request;

    [ParamsAllValues]
    public Sample Sample { get; set; }

    [GlobalSetup]
    public void Read()
    {
        _octets = Samples.Octets(Sample);
        _request = SipParser.TryParse(_octets, out var message, out _) ? (SipRequest)message : null;
    }

    [Benchmark(Baseline = true, Description = "floor")]
    public int FindLinesAndColons() => Floor.Find(_octets);

    /// <summary>Into a buffer, as the message is.</summary>
    [Benchmark(Description = "as held")]
    public int AsHeld()
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(_request!.Bytes.Span);
        return _buffer.WrittenCount;
    }

    /// <summary>Into a buffer, header by header: long names, no folds, the length of the body as it is.</summary>
    [Benchmark(Description = "canonical")]
    public int Canonical()
    {
        _buffer.ResetWrittenCount();
        _request!.WriteCanonical(_buffer);
        return _buffer.WrittenCount;
    }

    /// <summary>What the transaction layer does to send a request.</summary>
    [Benchmark(Description = "request with Via")]
    public int WithTopVia() => _request!.WithTopVia(Via).Bytes.Length;

    /// <summary>What the transaction layer does to answer one.</summary>
    [Benchmark(Description = "response")]
    public int Respond() => SipResponse.For(_request!, 200, null, "u8i2o4p6a1s3").Bytes.Length;

    /// <summary>One header changed.</summary>
    [Benchmark(Description = "edit")]
    public int Edit() => _request!.WithHeader("Max-Forwards", "69").Bytes.Length;

    /// <summary>From nothing, out of typed values.</summary>
    [Benchmark(Description = "create")]
    public int Create() =>
        SipRequest.Create(_request!.Method, Bob.Uri, Alice, Bob, "4n8q1c0v7b5m2x9z3l6k8j1h", 17).Bytes.Length;

    /// <summary>Another body.</summary>
    [Benchmark(Description = "with body")]
    public int WithBody() => _request!.WithBody("text/plain", Text).Bytes.Length;
}
