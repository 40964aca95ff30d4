using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Server;

/// <summary>An order to do something wrong.</summary>
/// <param name="Method">With requests of which method.</param>
/// <param name="Status">The status to answer; null: no answer at all.</param>
/// <param name="RetryAfter">When the sender is told to come again, if it is told.</param>
/// <param name="Times">With how many requests.</param>
internal sealed record Fault(SipMethod Method, int? Status, TimeSpan? RetryAfter, int Times);
