using Microsoft.Extensions.Logging;
using Rx.Sip.Diagnostics;
using Rx.Sip.Messages;
using Rx.Sip.Transports.Limits;
using Rx.Sip.Transports.Stun;

namespace Rx.Sip.Transports;

/// <summary>
/// The way in: octets become messages, on the thread they arrive on; what may pass is posted to the manager's mailbox, what
/// may not is counted and, where RFC 3261 allows, answered without a transaction.
/// </summary>
internal sealed class Reception(RealTimeConnectionManager manager, Backlog backlog, Refusals refusals, TrafficMeter meter, ILogger log)
{
    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly SipLimits _limits = manager.Settings.Limits;
    private long _kept;

    /// <summary>Takes what came over a flow.</summary>
    public void Take(Flow flow, ReadOnlySpan<byte> octets)
    {
        try
        {
            Receive(flow, octets);
        }
        // No octets make us throw. If some do all the same, it costs their sender the flow and nobody else anything.
        catch (Exception error)
        {
            manager.OnUnexpected(error);
            flow.Close(error);
        }
    }

    private void Receive(Flow flow, ReadOnlySpan<byte> octets)
    {
        if (flow.Framer is { } framer)
            ReceiveStream(flow, framer, octets);
        else if (!flow.IsReliable && StunMessage.IsStun(octets))
            ReceiveStun(flow, StunMessage.Read(octets));
        else
            ReceiveWhole(flow, octets);
    }

    private void ReceiveWhole(Flow flow, ReadOnlySpan<byte> octets)
    {
        if (SipParser.TryParse(octets, _limits, flow.Stamp, out var message, out var error))
            Accept(flow, message);
        else if (error.Reason is not SipParseReason.Empty)
            Refuse(flow, error);
        if (!flow.IsReliable)
            return;
        // Over UDP phones send line ends too and nobody answers them; over WebSocket two are a ping and one is a pong (RFC 7118 §6).
        if (octets.SequenceEqual("\r\n\r\n"u8))
            flow.SendOctets(Pong);
        else if (octets.SequenceEqual("\r\n"u8))
            NoteLife(flow);
        flow.NoteProgress(whole: true, isPartial: false);
        if (backlog.IsFull)
            backlog.Pause(flow);
    }

    private void ReceiveStream(Flow flow, StreamFramer framer, ReadOnlySpan<byte> octets)
    {
        var whole = false;
        while (flow.IsOpen && framer.Next(ref octets, out var message, out var error) is not StreamItem.None and var item)
        {
            whole = true;
            switch (item)
            {
                case StreamItem.Message:
                    Accept(flow, message!);
                    break;
                case StreamItem.Malformed:
                    Refuse(flow, error!);
                    break;
                case StreamItem.Ping:
                    flow.SendOctets(Pong);
                    NoteLife(flow);
                    break;
                case StreamItem.Pong:
                    NoteLife(flow);
                    break;
                case StreamItem.Broken:
                    Refuse(flow, error!);
                    flow.Close(new InvalidDataException($"The stream can't be followed any more. {error}."));
                    break;
            }
        }
        flow.NoteProgress(whole, isPartial: framer.Buffered > 0);
        Keep(flow, framer.Buffered);
        if (backlog.IsFull)
            backlog.Pause(flow);
    }

    // Two pongs one after the other look like a ping; and who pings is alive.
    private void NoteLife(Flow flow)
    {
        if (flow.IsProbed)
            manager.KeepAlives.Hear(flow);
    }

    // RFC 5626 §8: who takes SIP over UDP tells, at the same port, where datagrams seem to come from.
    private void ReceiveStun(Flow flow, StunMessage message)
    {
        if (message.Kind == StunKind.Request)
            flow.SendOctets(message.Answer(flow.RemoteEndPoint));
        else if (message.Kind != StunKind.None && flow.IsProbed)
            manager.KeepAlives.Hear(flow, message);
    }

    /// <summary>Gives up what was kept of a flow's unfinished message.</summary>
    public void Forget(Flow flow) => Interlocked.Add(ref _kept, -Interlocked.Exchange(ref flow.Kept, 0));

    // Many peers that each begin a large message could fill the memory well before the time for it is up.
    private void Keep(Flow flow, int octets)
    {
        if (octets == flow.Kept)
            return;
        var more = octets - Interlocked.Exchange(ref flow.Kept, octets);
        if (Interlocked.Add(ref _kept, more) > manager.Settings.TrafficLimits.MaxPartialOctets && more > 0)
            flow.Close(new LimitExceededException(TrafficLimit.MaxPartialOctets, "Too much waits for the rest of its message."));
    }

    private void Accept(Flow flow, SipMessage message)
    {
        meter.Received(message);
        if (log.IsEnabled(LogLevel.Trace))
            log.Received(flow, WireText.Of(message.Bytes.Span));
        if (message is SipRequest request)
            AcceptRequest(flow, request);
        else if (message is SipResponse response && !MessageCheck.IsUsable(response))
            NoteMalformed(flow, "The response lacks a mandatory header or holds a malformed one");
        else if (!flow.IsReliable && backlog.IsOverflowing)
            Drop();
        else
            Post(flow, message);
    }

    private void AcceptRequest(Flow flow, SipRequest request)
    {
        if (!TryReply(flow, request, out var reply))
        {
            NoteMalformed(flow, "Via is missing or malformed");
        }
        else if (MessageCheck.Of(request) is { } verdict)
        {
            NoteMalformed(flow, verdict.ReasonPhrase);
            refusals.Answer(reply, request, verdict);
        }
        else if (request.RequestUriOctets.Length > _limits.MaxRequestUriOctets)
        {
            meter.Exceeded(TrafficLimit.MaxRequestUriOctets);
            refusals.Answer(reply, request, SipVerdict.Of(SipStatus.RequestUriTooLong));
        }
        else if (backlog.IsFull)
        {
            AcceptWhileFull(reply, request);
        }
        else
        {
            Post(reply, request);
        }
    }

    // What belongs to something under way is let in, since finishing it makes room. What a connection has sent before it was stopped is
    // let in as well, as long as that is not too much either.
    private void AcceptWhileFull(Flow reply, SipRequest request)
    {
        var isOverflowing = backlog.IsOverflowing;
        if (isOverflowing && !reply.IsReliable)
            Drop();
        else if ((reply.IsReliable && !isOverflowing) || request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel || BelongsToDialog(request))
            Post(reply, request);
        else
            refusals.Overload(reply, request, TrafficLimit.MessageHighWaterMark);
    }

    private void Drop()
    {
        meter.Dropped();
        meter.Exceeded(TrafficLimit.MessageHighWaterMark);
    }

    private void Refuse(Flow flow, SipParseError error)
    {
        NoteMalformed(flow, error.ToString());
        if (SizeLimits.Of(error, _limits) is { } limit)
            meter.Exceeded(limit);
        if (error.Readable is SipRequest request && TryReply(flow, request, out var reply))
            refusals.Answer(reply, request, MessageCheck.Of(error, _limits));
    }

    // RFC 3261 §18.2.2: without rport responses go to the port of sent-by, which need not be the one the request came from.
    private bool TryReply(Flow flow, SipRequest request, out Flow reply)
    {
        var port = request.ReplyPort;
        reply = flow.IsReliable || port == 0 || port == flow.RemoteEndPoint.Port ? flow : manager.FlowBeside(flow, port);
        return port != 0;
    }

    private void Post(Flow flow, SipMessage message) =>
        manager.Mailbox.Post(static (on, what) => ((Flow)on!).Deliver((SipMessage)what!), flow, message);

    private void NoteMalformed(Flow flow, string defect)
    {
        meter.Malformed();
        if (log.IsEnabled(LogLevel.Debug))
            log.Malformed(flow, defect);
    }

    private static bool BelongsToDialog(SipRequest request) =>
        request.Frame.TryFind(HeaderId.To, out var to) && ResponseWriter.HasTag(to);
}
