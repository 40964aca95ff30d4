namespace Rx.Sip.Testing;

/// <summary>What an <see cref="EmbeddedServer"/> has done since it was started.</summary>
/// <param name="Requests">Requests that came, retransmissions not counted.</param>
/// <param name="Challenges">Of these, how many were answered with a challenge.</param>
/// <param name="Relayed">Of these, how many were passed on to at least one device.</param>
/// <param name="Refused">Of these, how many were answered with another failure by the server itself.</param>
/// <param name="Unanswered">Of these, how many were never answered.</param>
public sealed record EmbeddedServerCounts(long Requests, long Challenges, long Relayed, long Refused, long Unanswered);
