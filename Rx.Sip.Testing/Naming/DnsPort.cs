using Rx.Sip.Transports;
using Rx.Sip.Transports.Dns;

namespace Rx.Sip.Testing.Naming;

/// <summary>Hears queries on a transport and sends what is answered: each datagram is one, a stream holds many behind their lengths.</summary>
internal sealed class DnsPort(DnsPort.Answer answer, bool isStream) : ITransportSink
{
    /// <summary>Answers a query.</summary>
    public delegate void Answer(ReadOnlySpan<byte> query, bool isStream, Action<byte[]> send);

    public void Opened(ITransportFlow flow) => flow.Note = new DnsStream();

    public void Received(ITransportFlow flow, ReadOnlySpan<byte> octets)
    {
        if (!isStream)
            answer(octets, isStream, response => flow.Send(response));
        else if (flow.Note is DnsStream stream)
            foreach (var query in stream.Push(octets))
                answer(query, isStream, response => flow.Send(DnsStream.Frame(response)));
    }

    public void Closed(ITransportFlow flow, Exception? error)
    {
    }
}
