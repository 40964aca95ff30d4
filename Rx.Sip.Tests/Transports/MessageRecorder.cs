using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Transports;

/// <summary>What stands above a connection manager, and only listens.</summary>
internal sealed class MessageRecorder : IMessageSink
{
    public List<(Flow Flow, SipRequest Request)> Requests { get; } = [];

    public List<(Flow Flow, SipResponse Response)> Responses { get; } = [];

    public List<FlowClosed> Closed { get; } = [];

    public Action<Flow, SipRequest>? Answer { get; set; }

    public void OnRequest(Flow flow, SipRequest request)
    {
        Requests.Add((flow, request));
        Answer?.Invoke(flow, request);
    }

    public void OnResponse(Flow flow, SipResponse response) => Responses.Add((flow, response));

    public void OnFlowClosed(Flow flow, Exception? error) => Closed.Add(new FlowClosed(flow, error));
}
