using Rx.Sip.Messages;

namespace Rx.Sip.Transports;

/// <summary>
/// The way in: octets become messages, on the thread they arrive on; what may pass is posted to the manager's mailbox, what
/// may not is counted and, where RFC 3261 allows, answered without a transaction.
/// </summary>
internal sealed class Reception(RealTimeConnectionManager manager)
{
    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    public void Receive(Flow flow, ReadOnlySpan<byte> octets)
    {
        if (flow.Framer is { } framer)
            ReceiveStream(flow, framer, octets);
        else if (SipParser.TryParse(octets, manager.Settings.Limits, out var message, out var error))
            Accept(flow, message);
        else
            Refuse(flow, error);
    }

    private void ReceiveStream(Flow flow, StreamFramer framer, ReadOnlySpan<byte> octets)
    {
        framer.Append(octets);
        while (flow.IsOpen)
        {
            switch (framer.Next(out var message, out var error))
            {
                case StreamItem.None:
                    return;
                case StreamItem.Message:
                    Accept(flow, message!);
                    break;
                case StreamItem.Malformed:
                    Refuse(flow, error!);
                    break;
                case StreamItem.Ping:
                    flow.SendOctets(Pong);
                    break;
                case StreamItem.Broken:
                    Refuse(flow, error!);
                    flow.Close();
                    return;
            }
        }
    }

    private void Accept(Flow flow, SipMessage message)
    {
        manager.Counters.Received(message);
        if (message is SipRequest request)
            message = ReceivedStamp.Apply(request, flow.RemoteEndPoint);
        manager.Mailbox.Post(static (on, what) => ((Flow)on!).Deliver((SipMessage)what!), flow, message);
    }

    private void Refuse(Flow flow, SipParseError error)
    {
        // An empty datagram is a keep-alive (RFC 5626 §3.5.1 has better ones, but this is what phones send).
        if (error.Reason is not SipParseReason.Empty)
            manager.Counters.CountMalformed();
    }
}
