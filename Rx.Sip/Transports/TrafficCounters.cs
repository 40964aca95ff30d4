using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>Counts what passes through a connection manager. Safe from any thread.</summary>
internal sealed class TrafficCounters
{
    private long _received;
    private long _sent;
    private long _malformed;

    public long MessagesReceived => Interlocked.Read(ref _received);

    public long MessagesSent => Interlocked.Read(ref _sent);

    public long Malformed => Interlocked.Read(ref _malformed);

    public void Received(SipMessage message) => Interlocked.Increment(ref _received);

    public void Sent(SipMessage message) => Interlocked.Increment(ref _sent);

    public void CountMalformed() => Interlocked.Increment(ref _malformed);
}
