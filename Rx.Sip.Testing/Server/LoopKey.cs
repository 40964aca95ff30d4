using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Server;

/// <summary>What stays the same when a request goes round in a circle, and differs when it rightly comes by again on its way to another target.</summary>
internal readonly record struct LoopKey(string? CallId, CSeq? CSeq, string? FromTag, string? ToTag, string RequestUri)
{
    public static LoopKey Of(SipRequest request) => new(request.CallId, request.CSeq, request.From?.Tag, request.To?.Tag, request.RequestUriText);
}
