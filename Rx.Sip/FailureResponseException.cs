using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>A request was answered by something other than 2xx.</summary>
public class FailureResponseException : SipException
{
    internal FailureResponseException(string message, SipResponse? response) : base(message, null) => Response = response;

    /// <summary>The response; null when the failure was noticed before one came.</summary>
    public SipResponse? Response { get; }
}
