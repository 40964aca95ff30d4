namespace Rx.Sip.Transports;

/// <summary>A water mark was reached (UCMA's throttling). A closed hierarchy; each prints as a short sentence.</summary>
public abstract record ThrottlingChange
{
    private ThrottlingChange(bool isThrottled) => IsThrottled = isThrottled;

    /// <summary>Whether the high mark was reached; false for the low one, behind which everything is as before.</summary>
    public bool IsThrottled { get; }

    /// <summary>Messages wait to be handled: see <see cref="TrafficLimits.MessageHighWaterMark"/>.</summary>
    public sealed record Receiving : ThrottlingChange
    {
        internal Receiving(bool isThrottled, int waiting) : base(isThrottled) => Waiting = waiting;

        /// <summary>How many waited.</summary>
        public int Waiting { get; }

        /// <inheritdoc/>
        public override string ToString() => IsThrottled ? $"{Waiting} messages wait: receiving is throttled" : "receiving is throttled no more";
    }

    /// <summary>Requests wait to be answered by a peer: see <see cref="TrafficLimits.TransactionHighWaterMark"/>.</summary>
    public sealed record Sending : ThrottlingChange
    {
        internal Sending(Flow connection, bool isThrottled) : base(isThrottled) => Connection = connection;

        /// <summary>The connection, or the pair of addresses over UDP.</summary>
        public Flow Connection { get; }

        /// <inheritdoc/>
        public override string ToString() => $"{Connection} is throttled{(IsThrottled ? "" : " no more")}";
    }
}
