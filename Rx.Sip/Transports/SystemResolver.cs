using System.Net;
using System.Net.Sockets;
using System.Reactive.Linq;

namespace Rx.Sip.Transports;

/// <summary>
/// Resolves numeric addresses by itself and names through the system's name service, in the order that gives (A and AAAA records).
/// Never blocks the caller: a name is looked up on a thread of the pool.
/// </summary>
public sealed class SystemResolver : ISipResolver
{
    /// <summary>Cold. See <see cref="ISipResolver.Resolve"/>; a numeric address is answered at once, on the caller's thread.</summary>
    public IObservable<IReadOnlyList<SipTarget>> Resolve(string host, int port, SipTransportType transport)
    {
        ArgumentNullException.ThrowIfNull(host);
        var actual = DefaultPort.Or(port, transport);
        return NumericHost.TryParse(host, out var address)
            ? Observable.Return<IReadOnlyList<SipTarget>>([new SipTarget(transport, new IPEndPoint(address, actual), host)])
            : Observable.FromAsync(cancellation => LookUp(host, actual, transport, cancellation));
    }

    private static async Task<IReadOnlyList<SipTarget>> LookUp(string host, int port, SipTransportType transport, CancellationToken cancellation)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
            return [.. addresses.Select(address => new SipTarget(transport, new IPEndPoint(address, port), host))];
        }
        // What isn't a name (too long, say) is as unknown as one that nobody has.
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
