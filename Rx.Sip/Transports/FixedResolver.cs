using System.Net;
using System.Reactive.Linq;

namespace Rx.Sip.Transports;

/// <summary>Resolves numeric addresses, and names from a table: for tests, and for hosts that no name service knows.</summary>
/// <param name="table">The addresses of each name, in the order they are to be tried. Names compare without case if the table does.</param>
public sealed class FixedResolver(IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> table) : ISipResolver
{
    /// <summary>Cold. See <see cref="ISipResolver.Resolve"/>; always answers at once, on the caller's thread, and for good.</summary>
    public IObservable<SipTargetList> Resolve(SipTargetQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var addresses = NumericHost.TryParse(query.Host, out var numeric) ? [numeric] : table.GetValueOrDefault(query.Host) ?? [];
        return Observable.Return(SipTargetList.Of(query, addresses, TimeSpan.MaxValue));
    }
}
