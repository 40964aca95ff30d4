namespace Rx.Sip.Transports;

/// <summary>A connection came or went. A closed hierarchy; each prints as a short sentence.</summary>
public abstract record ConnectionChange
{
    private ConnectionChange(Flow connection) => Connection = connection;

    /// <summary>The connection.</summary>
    public Flow Connection { get; }

    /// <summary>The connection stands.</summary>
    public sealed record Opened : ConnectionChange
    {
        internal Opened(Flow connection) : base(connection)
        {
        }

        /// <inheritdoc/>
        public override string ToString() => $"{Connection} opened";
    }

    /// <summary>The connection is over, or never came to stand.</summary>
    public sealed record Closed : ConnectionChange
    {
        internal Closed(Flow connection, Exception? cause) : base(connection) => Cause = cause;

        /// <summary>What broke it; null when it was closed in order.</summary>
        public Exception? Cause { get; }

        /// <inheritdoc/>
        public override string ToString() => Cause is null ? $"{Connection} closed" : $"{Connection} closed: {Cause.Message}";
    }
}
