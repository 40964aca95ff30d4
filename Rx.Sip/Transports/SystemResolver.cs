using System.Net.Sockets;
using System.Reactive.Linq;

namespace Rx.Sip.Transports;

/// <summary>
/// Resolves numeric addresses by itself and names through the system's name service, in the order that gives. It knows no other
/// records than addresses: for networks whose names are not in DNS (mDNS, NIS, NetBIOS); else see <see cref="DnsResolver"/>.
/// Never blocks the caller: a name is looked up on a thread of the pool.
/// </summary>
public sealed class SystemResolver : ISipResolver
{
    // The system does not say; it keeps what it knows itself.
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1);

    /// <summary>Cold. See <see cref="ISipResolver.Resolve"/>; a numeric address is answered at once, on the caller's thread.</summary>
    public IObservable<SipTargetList> Resolve(SipTargetQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return NumericHost.TryParse(query.Host, out var address)
            ? Observable.Return(SipTargetList.Of(query, [address], TimeSpan.MaxValue))
            : Observable.FromAsync(cancellation => LookUp(query, cancellation));
    }

    private static async Task<SipTargetList> LookUp(SipTargetQuery query, CancellationToken cancellation)
    {
        try
        {
            return SipTargetList.Of(query, await System.Net.Dns.GetHostAddressesAsync(query.Host, cancellation).ConfigureAwait(false), TimeToLive);
        }
        // What isn't a name (too long, say) is as unknown as one that nobody has.
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return SipTargetList.None($"{query.Host} is not known: {error.Message}", TimeSpan.Zero);
        }
    }
}
