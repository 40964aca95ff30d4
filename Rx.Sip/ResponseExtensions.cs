using System.Reactive.Linq;
using Rx.Sip.Messages;

namespace Rx.Sip;

/// <summary>For those who want exceptions.</summary>
public static class ResponseExtensions
{
    /// <summary>
    /// The same responses, but a final one outside of 2xx becomes an error of type <see cref="FailureResponseException"/>. As cold or hot as
    /// the source, on its thread.
    /// </summary>
    public static IObservable<SipResponse> EnsureSuccess(this IObservable<SipResponse> responses)
    {
        ArgumentNullException.ThrowIfNull(responses);
        return responses.Select(response => response.IsFinal && !response.IsSuccess
            ? throw new FailureResponseException($"The request was answered {response}.", response)
            : response);
    }
}
