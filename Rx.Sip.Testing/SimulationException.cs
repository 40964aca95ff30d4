namespace Rx.Sip.Testing;

/// <summary>
/// A story on the simulated network did not go as it should: something is left over, what was waited for never came, or time
/// got stuck. The message says what, with the seed and the ladder of the traffic where there is one.
/// </summary>
public sealed class SimulationException : Exception
{
    /// <summary>Without a message.</summary>
    public SimulationException()
    {
    }

    /// <summary>With what happened.</summary>
    public SimulationException(string message) : base(message)
    {
    }

    /// <summary>With what happened and what caused it.</summary>
    public SimulationException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Whether the message has the seed and the traffic already.</summary>
    internal bool IsExplained { get; init; }
}
