using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports;

/// <summary>How a <see cref="DnsResolver"/> works. Everything has a sensible default; durations are real or virtual, as the scheduler's are.</summary>
public sealed record DnsSettings
{
    /// <summary>The clock of everything that waits or expires. Default: the task pool's scheduler.</summary>
    public IScheduler Scheduler { get; init; } = TaskPoolScheduler.Default;

    /// <summary>The source of randomness: ids and ports of queries, the lots of SRV. Default: the system's unpredictable one.</summary>
    public SipIdentifiers Identifiers { get; init; } = new();

    /// <summary>The DNS servers, the first to be asked first, three at most. They have to be recursive, or to know all that is asked for. Default: null, those of the system.</summary>
    public IReadOnlyList<IPEndPoint>? Servers { get; init; }

    /// <summary>The domains that names without a dot may be in, in their order. Default: null, those of the system.</summary>
    public IReadOnlyList<string>? SearchDomains { get; init; }

    /// <summary>The addresses of names that are known without asking; what is here is asked of nobody. Names in lower case. Default: null, the system's hosts file.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IPAddress>>? Hosts { get; init; }

    /// <summary>How long a server has for its first answer; in each further round through the servers twice as long. Default 1 second.</summary>
    public TimeSpan Patience
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    /// <summary>How often each server is asked before a question is given up. Default 3: 7 seconds with one server that says nothing.</summary>
    public int Rounds
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10);
            field = value;
        }
    } = 3;

    /// <summary>How many answers are kept at most. Default 1,000.</summary>
    public int CacheCapacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1000;
}
