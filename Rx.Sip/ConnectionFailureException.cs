namespace Rx.Sip;

/// <summary>No connection to the peer could be had: refused, unreachable, timed out, or its name is unknown.</summary>
public sealed class ConnectionFailureException : SipException
{
    internal ConnectionFailureException(string message, Exception? inner) : base(message, inner)
    {
    }
}
