using Rx.Sip.Messages;

namespace Rx.Sip.Testing;

/// <summary>A request that an <see cref="EmbeddedServer"/> is done with.</summary>
/// <param name="At">When it was answered, or given up.</param>
/// <param name="Request">The request as it came.</param>
/// <param name="Response">The final response; null when there was none.</param>
public sealed record ServedRequest(DateTimeOffset At, SipRequest Request, SipResponse? Response)
{
    /// <summary>For example <c>REGISTER sip:example.test: 200 OK</c>.</summary>
    public override string ToString() => $"{Request}: {(Response is null ? "not answered" : $"{Response.StatusCode} {Response.ReasonPhrase}")}";
}
