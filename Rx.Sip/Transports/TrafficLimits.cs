namespace Rx.Sip.Transports;

/// <summary>
/// How much peers may ask of a connection manager, so that none of them can make memory grow or keep others waiting. <see cref="Messages.SipLimits"/>
/// says how large a single message may be. A peer is an IPv4 address or the 64 bits of an IPv6 network, since who has one address of those has all.
/// How often each limit was exceeded is counted: <see cref="Diagnostics.TrafficCounts.Exceeded"/>. Durations are those of the manager's scheduler; a
/// negative one means for ever. Throws <see cref="ArgumentOutOfRangeException"/> when a number is set below zero.
/// </summary>
public sealed record TrafficLimits
{
    /// <summary>The default limits.</summary>
    public static TrafficLimits Default { get; } = new();

    /// <summary>How many connections there may be, ours included; more are refused. Default 10,000.</summary>
    public int MaxConnections { get; init => field = NotNegative(value); } = 10_000;

    /// <summary>How many connections one peer may have opened; more are refused. Behind a load balancer all have its address. Default 1,000.</summary>
    public int MaxConnectionsPerPeer { get; init => field = NotNegative(value); } = 1_000;

    /// <summary>How many peers may be about their handshake at a time over each transport (TLS, WebSocket); more are closed at once. Default 1,000.</summary>
    public int MaxHandshakes { get; init => field = NotNegative(value); } = 1_000;

    /// <summary>How many of those handshakes may be of one peer, so that it leaves room for others. Default 100.</summary>
    public int MaxHandshakesPerPeer { get; init => field = NotNegative(value); } = 100;

    /// <summary>How long a peer that connects may take for its handshake; a slower one is cut off. Default 10 seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a message may take from its first octet to its last on a connection; a slower sender is cut off. Default 30 seconds.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many octets of messages that are not whole yet may be held for all connections together, those of more than 16 KiB alone counted; who sends
    /// more then is cut off. Default 64 MiB.
    /// </summary>
    public long MaxPartialOctets { get; init => field = NotNegative(value); } = 64 * 1024 * 1024;

    /// <summary>How long a peer may take none of what is sent to it over a connection before it is cut off. Default 30 seconds.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many octets may wait to be sent over one connection, before it stands or while the peer is slow; a peer that lets more wait is cut off.
    /// Default 4 MiB.
    /// </summary>
    public int MaxUnsentOctetsPerConnection { get; init => field = NotNegative(value); } = 4 * 1024 * 1024;

    /// <summary>
    /// While more octets wait to be sent over a connection, it is read no more than ten times a second, 16 KiB at most each time: who does not take answers
    /// need not ask. Default 64 KiB.
    /// </summary>
    public int UnsentOctetsHighWaterMark { get; init => field = NotNegative(value); } = 64 * 1024;

    /// <summary>
    /// How many octets may wait to be sent over all connections together, beyond the 32 KiB that each may have; who lets more wait then is cut off.
    /// Default 64 MiB.
    /// </summary>
    public long MaxUnsentOctets { get; init => field = NotNegative(value); } = 64 * 1024 * 1024;

    /// <summary>
    /// How many messages may wait for the protocol (UCMA's message throttling); past that new requests outside of dialogs that come by datagram are
    /// answered 503 with Retry-After, and connections are read no more, until <see cref="MessageLowWaterMark"/>. Past twice as many datagrams are
    /// dropped, and connections get a 503 too for what they sent before they were stopped. Default 10,000.
    /// </summary>
    public int MessageHighWaterMark { get; init => field = NotNegative(value); } = 10_000;

    /// <summary>To how many messages the wait has to shrink before everybody is heard again; no more than the high mark. Default 5,000.</summary>
    public int MessageLowWaterMark { get; init => field = NotNegative(value); } = 5_000;

    /// <summary>
    /// How many messages of one connection may wait for the protocol; one that has more waiting is read no more until half of them are handled, so that
    /// who sends fast does not keep others waiting. Default 100.
    /// </summary>
    public int MaxWaitingMessagesPerConnection { get; init => field = NotNegative(value); } = 100;

    /// <summary>
    /// How many requests may wait for their answer over one connection, or one pair of addresses over UDP (UCMA's connection throttling); more fail
    /// with a local 503, or go to another server if there is one, until <see cref="TransactionLowWaterMark"/>. ACK and CANCEL are never held back.
    /// Default: <see cref="int.MaxValue"/>, no limit, since endpoints that register have a throttle of their own.
    /// </summary>
    public int TransactionHighWaterMark { get; init => field = NotNegative(value); } = int.MaxValue;

    /// <summary>To how many requests the wait has to shrink before others may follow; at most one less than the high mark. Default: <see cref="int.MaxValue"/>, as soon as there is room.</summary>
    public int TransactionLowWaterMark { get; init => field = NotNegative(value); } = int.MaxValue;

    /// <summary>
    /// How many messages a peer may send in a second, as many at once; a connection of one that sends more is read no more until its time has come.
    /// Datagrams can't be held up: their new requests are answered 503 with Retry-After, and behind a second's worth of that everything is dropped
    /// unread. Default: <see cref="int.MaxValue"/>, no limit, since a proxy is one peer and brings what all its users send.
    /// </summary>
    public int MaxMessagesPerSecond { get; init => field = NotNegative(value); } = int.MaxValue;

    /// <summary>
    /// How much that is no message a peer may send in a second, as much at once. Behind that its connection is closed and gets no successor until its
    /// time has come; datagrams are not answered any more. Default 100.
    /// </summary>
    public int MaxMalformedPerSecond { get; init => field = NotNegative(value); } = 100;

    /// <summary>
    /// Of how many peers is remembered what they have sent lately. Those not heard of for the longest time are forgotten, so that made-up addresses do
    /// not make memory grow. Default 10,000.
    /// </summary>
    public int MaxPeersRemembered { get; init => field = NotNegative(value); } = 10_000;

    /// <summary>
    /// How many server transactions there may be at once, those included that only linger to catch retransmissions; new requests beyond that are
    /// answered 503 with Retry-After. Default 1,000,000.
    /// </summary>
    public int MaxServerTransactions { get; init => field = NotNegative(value); } = 1_000_000;

    /// <summary>
    /// How many octets of responses may be kept to be sent again; while there are more, new requests are answered 503 with Retry-After. Default
    /// 512 MiB.
    /// </summary>
    public long MaxAnsweredOctets { get; init => field = NotNegative(value); } = 512L * 1024 * 1024;

    /// <summary>What Retry-After says in the 503 of an overload, in whole seconds. Default 10 seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    private static int NotNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }

    private static long NotNegative(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
