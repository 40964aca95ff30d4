using System.Globalization;
using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.Idle;

/// <summary>
/// A transport whose far end answers every REGISTER on the spot, granting what it always grants. One that challenges takes each nonce once, so that
/// every registration and every refresh is asked for a new answer.
/// </summary>
internal sealed class InstantRegistrar(int seconds, bool challenges) : ISipTransport
{
    private readonly string _seconds = seconds.ToString(CultureInfo.InvariantCulture);
    private long _answered;
    private long _nonce;

    public SipTransportType Type => SipTransportType.Udp;

    /// <summary>Registrations granted so far.</summary>
    public long Granted => Interlocked.Read(ref _answered);

    public ITransportListener Listen(IPEndPoint local, ITransportSink sink) => throw new NotSupportedException();

    public ITransportFlow Connect(IPEndPoint remote, ITransportSink sink) => new Way(this, remote, sink);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SipResponse Answer(SipRequest request)
    {
        if (challenges && request.Headers.Get("Authorization")?.Contains("nc=00000001", StringComparison.Ordinal) != true)
            return SipResponse.For(request, SipStatus.Unauthorized, null, "registrar")
                .WithHeader("WWW-Authenticate", $"Digest realm=\"example.test\", nonce=\"{Interlocked.Increment(ref _nonce):x32}\", qop=\"auth\", algorithm=MD5, stale=true");
        Interlocked.Increment(ref _answered);
        return SipResponse.For(request, SipStatus.Ok, null, "registrar").WithHeader("Contact", $"{request.Contacts[0]}").WithHeader("Expires", _seconds);
    }

    private sealed class Way(InstantRegistrar owner, IPEndPoint remote, ITransportSink sink) : ITransportFlow
    {
        public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Parse("192.0.2.2"), 5060);

        public IPEndPoint RemoteEndPoint => remote;

        public object? Note { get; set; }

        public void Send(ReadOnlyMemory<byte> octets)
        {
            // A keep-alive is no message and gets no answer.
            if (octets.Length >= 50 && SipParser.TryParse(octets.Span, out var message, out _) && message is SipRequest request)
                sink.Received(this, owner.Answer(request).Bytes.Span);
        }

        public void Close()
        {
        }
    }
}
