using Rx.Sip.Transactions;

namespace Rx.Sip.Testing;

/// <summary>What an <see cref="EmbeddedServer"/> asks of clients that offer overload control (RFC 7339, RFC 7415): it says so in each of its responses.</summary>
public sealed record ServerOverload
{
    /// <summary>A wish for less. Throws <see cref="ArgumentOutOfRangeException"/> for a percentage above 100, and for what is negative.</summary>
    /// <param name="algorithm">How it wants less.</param>
    /// <param name="value">Percent that are not to be sent, or requests per second that may be.</param>
    /// <param name="validity">How long each word holds, in whole milliseconds; zero: nothing is asked for any more.</param>
    public ServerOverload(OverloadAlgorithm algorithm, int value, TimeSpan validity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, algorithm == OverloadAlgorithm.Loss ? 100 : int.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(validity, TimeSpan.Zero);
        (Algorithm, Value, Validity) = (algorithm, value, validity);
    }

    /// <summary>The server can do overload control and needs none.</summary>
    public static ServerOverload None { get; } = new(OverloadAlgorithm.Loss, 0, TimeSpan.Zero);

    /// <summary>How it wants less.</summary>
    public OverloadAlgorithm Algorithm { get; }

    /// <summary>Percent that are not to be sent, or requests per second that may be.</summary>
    public int Value { get; }

    /// <summary>How long each word holds.</summary>
    public TimeSpan Validity { get; }
}
