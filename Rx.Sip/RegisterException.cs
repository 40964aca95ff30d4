using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>The registrar refused the registration for good, or the recovery policy gave up.</summary>
public sealed class RegisterException : FailureResponseException
{
    internal RegisterException(string message, SipResponse? response) : base(message, response)
    {
    }
}
