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
internal sealed class Reception(RealTimeConnectionManager manager, Backlog backlog, TrafficMeter meter, ILogger log)
{
    // Two sides that both send and do not read would wait for each other for ever, so nobody stops reading for good.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly SipLimits _limits = manager.Settings.Limits;
    /// <summary>Answers what may not pass.</summary>
    public Refusals Refusals { get; } = new(manager.Settings, meter);

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
        var ahead = manager.Guard.Sources.IsPaced ? manager.Guard.Sources.TakeMessage(flow) : TimeSpan.Zero;
        if (!flow.IsReliable && ahead > TimeSpan.FromSeconds(1))
        {
            Drop(TrafficLimit.MaxMessagesPerSecond);
            return;
        }
        if (SipParser.TryParse(octets, _limits, flow.Stamp, out var message, out var error))
            Accept(flow, message, isTooMuch: !flow.IsReliable && ahead > TimeSpan.Zero);
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
        Slow(flow, ahead);
    }

    private void ReceiveStream(Flow flow, StreamFramer framer, ReadOnlySpan<byte> octets)
    {
        var (whole, ahead) = (false, TimeSpan.Zero);
        while (flow.IsOpen && framer.Next(ref octets, out var message, out var error) is not StreamItem.None and var item)
        {
            whole = true;
            if (manager.Guard.Sources.IsPaced)
                ahead = manager.Guard.Sources.TakeMessage(flow);
            switch (item)
            {
                case StreamItem.Message:
                    Accept(flow, message!, isTooMuch: false);
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
        Slow(flow, ahead);
    }

    private void Slow(Flow flow, TimeSpan ahead)
    {
        if (ahead > TimeSpan.Zero)
            manager.Guard.Rests.Begin(flow, ahead, TrafficLimit.MaxMessagesPerSecond);
        else if (flow.UnsentOctets > manager.Settings.TrafficLimits.UnsentOctetsHighWaterMark)
            manager.Guard.Rests.Begin(flow, Breath, TrafficLimit.UnsentOctetsHighWaterMark);
        if (flow.Gate!.PauseIfCrowded())
            meter.Exceeded(TrafficLimit.MaxWaitingMessagesPerConnection);
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
    public void Forget(Flow flow)
    {
        manager.Guard.Partial.Return(Interlocked.Exchange(ref flow.Kept, 0));
        flow.Framer?.Free();
        manager.Guard.Rests.Forget(flow);
    }

    // Many peers that each begin a large message could fill the memory well before the time for it is up.
    private void Keep(Flow flow, int octets)
    {
        if (octets == flow.Kept || !flow.IsOpen)
            return;
        if (octets < flow.Kept)
            manager.Guard.Partial.Shrink(Interlocked.Exchange(ref flow.Kept, octets), octets);
        else if (manager.Guard.Partial.TryGrow(flow.Kept, octets))
            flow.Kept = octets;
        else
            flow.Close(new LimitExceededException(TrafficLimit.MaxPartialOctets, "Too much waits for the rest of its message."));
    }

    private void Accept(Flow flow, SipMessage message, bool isTooMuch)
    {
        meter.Received(message);
        if (log.IsEnabled(LogLevel.Trace))
            log.Received(flow, WireText.Of(message.Bytes.Span));
        if (message is SipRequest request)
            AcceptRequest(flow, request, isTooMuch);
        else if (message is SipResponse response && !MessageCheck.IsUsable(response))
            TolerateMalformed(flow, "The response lacks a mandatory header or holds a malformed one");
        else if (!flow.IsReliable && backlog.IsOverflowing)
            Drop(TrafficLimit.MessageHighWaterMark);
        else
            Post(flow, message);
    }

    private void AcceptRequest(Flow flow, SipRequest request, bool isTooMuch)
    {
        if (!TryReply(flow, request, out var reply))
        {
            TolerateMalformed(flow, "Via is missing or malformed");
        }
        else if (MessageCheck.Of(request) is { } verdict)
        {
            if (TolerateMalformed(flow, verdict.ReasonPhrase))
                Refusals.Answer(reply, request, verdict);
        }
        else if (request.RequestUriOctets.Length > _limits.MaxRequestUriOctets)
        {
            meter.Exceeded(TrafficLimit.MaxRequestUriOctets);
            Refusals.Answer(reply, request, SipVerdict.Of(SipStatus.RequestUriTooLong));
        }
        else if (isTooMuch && !IsUnderWay(request))
        {
            Refusals.Overload(reply, request, TrafficLimit.MaxMessagesPerSecond);
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
            Drop(TrafficLimit.MessageHighWaterMark);
        else if ((reply.IsReliable && !isOverflowing) || IsUnderWay(request))
            Post(reply, request);
        else
            Refusals.Overload(reply, request, TrafficLimit.MessageHighWaterMark);
    }

    private void Drop(TrafficLimit limit)
    {
        meter.Dropped();
        meter.Exceeded(limit);
    }

    private void Refuse(Flow flow, SipParseError error)
    {
        if (SizeLimits.Of(error, _limits) is { } limit)
            meter.Exceeded(limit);
        if (TolerateMalformed(flow, error) && error.Readable is SipRequest request && TryReply(flow, request, out var reply))
            Refusals.Answer(reply, request, MessageCheck.Of(error, _limits));
    }

    // RFC 3261 §18.2.2: without rport responses go to the port of sent-by, which need not be the one the request came from.
    private bool TryReply(Flow flow, SipRequest request, out Flow reply)
    {
        var port = request.ReplyPort;
        reply = flow.IsReliable || port == 0 || port == flow.RemoteEndPoint.Port ? flow : manager.FlowBeside(flow, port);
        return port != 0;
    }

    private void Post(Flow flow, SipMessage message)
    {
        flow.Gate?.Enter();
        manager.Mailbox.Post(static (on, what) => ((Flow)on!).Deliver((SipMessage)what!), flow, message);
    }

    // Counts what is no message; false when its peer has sent so much of that that it gets no answer any more.
    private bool TolerateMalformed(Flow flow, object defect)
    {
        meter.Malformed();
        if (log.IsEnabled(LogLevel.Debug))
            log.Malformed(flow, defect);
        if (manager.Guard.Sources.TakeMalformed(flow))
            return true;
        if (flow.IsReliable)
            flow.Close(new LimitExceededException(TrafficLimit.MaxMalformedPerSecond, "The peer sends too much that is no message."));
        else
            meter.Exceeded(TrafficLimit.MaxMalformedPerSecond);
        return false;
    }

    private static bool IsUnderWay(SipRequest request) =>
        request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel || (request.Frame.TryFind(HeaderId.To, out var to) && ResponseWriter.HasTag(to));
}
