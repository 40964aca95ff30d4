using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Writes the messages of a dialog as the answering user agent sees them (RFC 3261 §8, §9, §12, §13, §15, §17.1.1.3; RFC 6665; RFC 3428).</summary>
internal sealed class DialogWriter
{
    private readonly DialogPlan _plan;
    private readonly DialogSide _initiator;
    private readonly DialogSide _answerer;
    private readonly List<DialogStep> _steps = [];

    private DialogWriter(DialogPlan plan)
    {
        _plan = plan;
        _initiator = new DialogSide(plan.Initiator, "initiator.test", "tag-i", plan.FirstSequence);
        _answerer = new DialogSide(plan.Answerer, "answerer.test", "tag-a", 1);
    }

    public static DialogScript Write(DialogPlan plan)
    {
        var writer = new DialogWriter(plan);
        writer.WriteSteps();
        return new DialogScript(plan, writer._steps);
    }

    private void WriteSteps()
    {
        switch (_plan.Kind)
        {
            case DialogKind.Session:
                WriteSession();
                break;
            case DialogKind.RefusedSession:
                Refuse(Invite(), _plan.Refusal);
                break;
            case DialogKind.CancelledSession:
                Cancel(Invite());
                break;
            case DialogKind.Subscription:
                WriteSubscription();
                break;
            default:
                foreach (var fromInitiator in _plan.Inside)
                    Exchange(Request(fromInitiator, "MESSAGE", isInDialog: false).With("Content-Type", "text/plain").WithBody("hello"), fromInitiator, 200);
                break;
        }
    }

    private void WriteSession()
    {
        var invite = Invite();
        Say(false, Answer(invite, 200));
        Say(true, Acknowledgement(true, invite));
        foreach (var fromInitiator in _plan.Inside)
        {
            var request = Exchange(WithContact(Request(fromInitiator, _plan.MethodInside, isInDialog: true), fromInitiator), fromInitiator, 200);
            if (request.Method == SipMethod.Invite)
                Say(fromInitiator, Acknowledgement(fromInitiator, request));
        }
        Exchange(Request(_plan.InitiatorEnds, "BYE", isInDialog: true), _plan.InitiatorEnds, 200);
    }

    private void WriteSubscription()
    {
        Exchange(WithContact(Request(true, "SUBSCRIBE", isInDialog: false), true).WithAdded("Event", "presence").WithAdded("Expires", "600"), true, 200);
        Notify("active;expires=600");
        foreach (var isRefresh in _plan.Inside)
        {
            if (isRefresh)
                Exchange(WithContact(Request(true, "SUBSCRIBE", isInDialog: true), true).WithAdded("Event", "presence").WithAdded("Expires", "600"), true, 200);
            Notify("active;expires=599");
        }
        if (_plan.InitiatorEnds)
            Exchange(WithContact(Request(true, "SUBSCRIBE", isInDialog: true), true).WithAdded("Event", "presence").WithAdded("Expires", "0"), true, 200);
        Notify(_plan.InitiatorEnds ? "terminated;reason=timeout" : "terminated;reason=noresource");
    }

    private void Notify(string state) =>
        Exchange(WithContact(Request(false, "NOTIFY", isInDialog: true), false).WithAdded("Event", "presence").WithAdded("Subscription-State", state), false, 200);

    private SipRequest Invite()
    {
        var invite = Say(true, WithContact(Request(true, "INVITE", isInDialog: false), true).Make<SipRequest>());
        foreach (var status in _plan.Provisional)
            Say(false, status == 100 ? SipResponse.For(invite, 100, null, null) : Answer(invite, status));
        return invite;
    }

    private void Refuse(SipRequest invite, int status)
    {
        var refusal = Say(false, SipResponse.For(invite, status, null, _answerer.Tag));
        Say(true, HopByHop(invite, "ACK").With("To", refusal.Headers.Get("To")!).Make<SipRequest>());
    }

    private void Cancel(SipRequest invite)
    {
        var cancel = Say(true, HopByHop(invite, "CANCEL").Make<SipRequest>());
        Say(false, SipResponse.For(cancel, 200, null, _answerer.Tag));
        Refuse(invite, 487);
    }

    private SipRequest Exchange(MessageDraft draft, bool fromInitiator, int status)
    {
        var request = Say(fromInitiator, draft.Make<SipRequest>());
        Say(!fromInitiator, draft.Has("Contact") ? Answer(request, status) : SipResponse.For(request, status, null, Side(!fromInitiator).Tag));
        return request;
    }

    // What may create a dialog or refresh its target carries the contact of who answers.
    private SipResponse Answer(SipRequest request, int status)
    {
        var answers = Side(!request.From!.Tag!.Equals(_initiator.Tag, StringComparison.Ordinal));
        return SipResponse.For(request, status, null, answers.Tag).WithHeader("Contact", $"<{answers.Contact}>");
    }

    private MessageDraft Request(bool fromInitiator, string method, bool isInDialog) =>
        Request(fromInitiator, $"{Side(fromInitiator).NextSequence()} {method}", method, isInDialog);

    // The ACK of a 2xx is a request of its own with the number of the INVITE (RFC 3261 §13.2.2.4).
    private SipRequest Acknowledgement(bool fromInitiator, SipRequest invite) =>
        Request(fromInitiator, $"{invite.CSeq!.Value.Number} ACK", "ACK", isInDialog: true).Make<SipRequest>();

    private MessageDraft Request(bool fromInitiator, string sequence, string method, bool isInDialog)
    {
        var (sender, receiver) = (Side(fromInitiator), Side(!fromInitiator));
        var target = isInDialog ? receiver.Contact : receiver.Aor;
        var callId = isInDialog || fromInitiator ? _plan.CallId : $"{_plan.CallId}-back";
        return new MessageDraft($"{method} {target} SIP/2.0", [.. WayOf(fromInitiator, sender, isInDialog)], "")
            .WithAdded("Max-Forwards", Words.Plain(fromInitiator ? 70 - _plan.Proxies.Length : 70))
            .WithAdded("From", $"<{sender.Aor}>;tag={sender.Tag}")
            .WithAdded("To", isInDialog ? $"<{receiver.Aor}>;tag={receiver.Tag}" : $"<{receiver.Aor}>")
            .WithAdded("Call-ID", callId)
            .WithAdded("CSeq", sequence)
            .WithAdded("Content-Length", "0");
    }

    // What comes in went through the proxies, each of which put its Via on top and, in front of a dialog, itself into the route set.
    private IEnumerable<DraftField> WayOf(bool fromInitiator, DialogSide sender, bool isInDialog)
    {
        var branch = sender.NextBranch();
        var proxies = _plan.Proxies.Reverse().ToList();
        for (var i = 0; fromInitiator && i < proxies.Count; i++)
            yield return new DraftField("Via", $"SIP/2.0/TCP {proxies[i]};branch={branch}-{i}");
        yield return new DraftField("Via", $"SIP/2.0/TCP {sender.Host};branch={branch}");
        if (fromInitiator != isInDialog)
            foreach (var proxy in proxies)
                yield return new DraftField(fromInitiator ? "Record-Route" : "Route", $"<sip:{proxy};lr>");
    }

    // CANCEL, and the ACK of a refusal, come from the last proxy with the branch of its INVITE (RFC 3261 §9.1, §17.1.1.3).
    private static MessageDraft HopByHop(SipRequest invite, string method) =>
        new MessageDraft($"{method} {invite.RequestUriText} SIP/2.0", [], "")
            .WithAdded("Via", invite.TopVia!.ToString())
            .WithAdded("Max-Forwards", "70")
            .WithAdded("From", invite.Headers.Get("From")!)
            .WithAdded("To", invite.Headers.Get("To")!)
            .WithAdded("Call-ID", invite.CallId!)
            .WithAdded("CSeq", $"{invite.CSeq!.Value.Number} {method}")
            .WithAdded("Content-Length", "0");

    private MessageDraft WithContact(MessageDraft draft, bool fromInitiator) => draft.WithAdded("Contact", $"<{Side(fromInitiator).Contact}>");

    private T Say<T>(bool fromInitiator, T message) where T : SipMessage
    {
        _steps.Add(new DialogStep(fromInitiator, message));
        return message;
    }

    private DialogSide Side(bool isInitiator) => isInitiator ? _initiator : _answerer;
}
