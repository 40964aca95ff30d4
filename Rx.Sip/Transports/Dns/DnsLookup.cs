using System.Collections.Immutable;
using System.Net;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// One question on its round through the servers. Pure. Each is asked in turn, in every round with twice the patience; one that
/// refuses, fails or can't be reached is not asked again. What does not fit into a datagram is asked for again over a stream (RFC 7766 §5), and
/// a server that does not understand OPT is asked without (RFC 6891 §7).
/// </summary>
internal sealed record DnsLookup(ImmutableArray<IPEndPoint> Servers, TimeSpan Patience, int RoundsLeft)
{
    private const int MaxServers = 3;

    private int Index { get; init; }

    private bool IsStream { get; init; }

    private bool HasOptions { get; init; } = true;

    private string Problem { get; init; } = "no DNS server is configured";

    public static DnsLookup Of(IEnumerable<IPEndPoint> servers, TimeSpan patience, int rounds) => new([.. servers.Take(MaxServers)], patience, rounds);

    /// <summary>The server that is being asked.</summary>
    public IPEndPoint? Current => Index < Servers.Length ? Servers[Index] : null;

    public Step<DnsLookup, DnsEffect> On(DnsEvent input) => input switch
    {
        DnsEvent.Begun => Ask(),
        DnsEvent.Answered { Response.IsTruncated: true } when !IsStream => (this with { IsStream = true }).Ask(),
        DnsEvent.Answered { Response: { Code: DnsCode.NoError or DnsCode.NameError } response } => new(this, new DnsEffect.Conclude(response)),
        DnsEvent.Answered { Response.Code: DnsCode.FormatError or DnsCode.NotImplemented or DnsCode.BadVersion } when HasOptions =>
            (this with { HasOptions = false }).Ask(),
        DnsEvent.Answered { Response.Code: var code } => Strike($"{Current} says {code}"),
        DnsEvent.Unreachable { Problem: var problem } => Strike($"{Current} can't be asked: {problem}"),
        _ => (this with { Index = Index + 1, IsStream = false, Problem = $"{Current} does not answer" }).Turn(),
    };

    private Step<DnsLookup, DnsEffect> Strike(string problem) =>
        (this with { Servers = Current is { } failed ? Servers.Remove(failed) : Servers, IsStream = false, Problem = problem }).Turn();

    private Step<DnsLookup, DnsEffect> Turn() => Index < Servers.Length
        ? Ask()
        : (this with { Index = 0, Patience = 2 * Patience, RoundsLeft = RoundsLeft - 1 }).Ask();

    private Step<DnsLookup, DnsEffect> Ask() => RoundsLeft > 0 && Current is { } server
        ? new(this, new DnsEffect.Ask(server, IsStream, HasOptions, Patience))
        : new(this, new DnsEffect.GiveUp(Problem));
}
