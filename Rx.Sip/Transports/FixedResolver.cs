using System.Net;
using System.Reactive.Linq;

namespace Rx.Sip.Transports;

/// <summary>Resolves numeric addresses, and names from a table: for tests, and for hosts that no name service knows.</summary>
/// <param name="table">The addresses of each name, in the order they are to be tried. Names compare without case if the table does.</param>
public sealed class FixedResolver(IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> table) : ISipResolver
{
    /// <summary>Cold. See <see cref="ISipResolver.Resolve"/>; always answers at once, on the caller's thread.</summary>
    public IObservable<IReadOnlyList<SipTarget>> Resolve(string host, int port, SipTransportType transport)
    {
        ArgumentNullException.ThrowIfNull(host);
        var addresses = NumericHost.TryParse(host, out var numeric) ? [numeric] : table.GetValueOrDefault(host) ?? [];
        return Observable.Return<IReadOnlyList<SipTarget>>(
            [.. addresses.Select(address => new SipTarget(transport, new IPEndPoint(address, DefaultPort.Or(port, transport)), host))]);
    }
}
