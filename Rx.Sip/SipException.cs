namespace Rx.Sip;

/// <summary>The base of what the verbs of an endpoint fail with. Streams never fail; see each verb's documentation.</summary>
public abstract class SipException : Exception
{
    private protected SipException(string message, Exception? inner) : base(message, inner)
    {
    }
}
