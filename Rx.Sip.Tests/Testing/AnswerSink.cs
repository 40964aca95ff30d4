using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Tests.Testing;

/// <summary>Keeps the responses that come over datagrams.</summary>
internal sealed class AnswerSink(List<SipResponse> answers) : ITransportSink
{
    public void Opened(ITransportFlow flow)
    {
    }

    public void Received(ITransportFlow flow, ReadOnlySpan<byte> octets)
    {
        if (SipResponse.TryParse(Encoding.UTF8.GetString(octets), out var response))
            answers.Add(response);
    }

    public void Closed(ITransportFlow flow, Exception? error)
    {
    }
}
