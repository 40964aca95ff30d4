using System.Collections.Concurrent;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Testing.Server;

/// <summary>Makes URIs of single instances, and knows whose they are (RFC 5627 §5). Of each instance the latest temporary ones stay good.</summary>
internal sealed class GruuMint(string domain, SipIdentifiers identifiers)
{
    private const int Kept = 16;

    private readonly ConcurrentDictionary<string, Owner> _temporary = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Owner, ConcurrentQueue<string>> _latest = new();

    /// <summary>A public one, the same each time.</summary>
    public string Public(string user, string instance) => $"sip:{user}@{domain};gr={instance.Trim('<', '>')}";

    /// <summary>A new one that does not tell whose it is.</summary>
    public string Temporary(string user, string instance)
    {
        var (owner, name) = (new Owner(user, instance), $"tgruu.{identifiers.Text(20)}");
        _temporary[name] = owner;
        var latest = _latest.GetOrAdd(owner, static _ => new ConcurrentQueue<string>());
        latest.Enqueue(name);
        if (latest.Count > Kept && latest.TryDequeue(out var oldest))
            _temporary.TryRemove(oldest, out _);
        return $"sip:{name}@{domain};gr";
    }

    /// <summary>The user that a URI of the domain is for: its own, or the owner of a temporary one.</summary>
    public SipUri Resolve(SipUri uri) =>
        uri.User is { } name && _temporary.TryGetValue(name, out var owner)
            ? uri.WithUser(owner.User).WithParameter("gr", owner.Instance.Trim('<', '>'))
            : uri;

    /// <summary>Whether a binding is of the instance that the URI names, if it names one.</summary>
    public static bool IsFor(SipUri uri, ServerBinding binding) =>
        uri.Parameters.Get("gr") is not { } instance || string.Equals(binding.Instance?.Trim('<', '>'), instance, StringComparison.OrdinalIgnoreCase);

    private sealed record Owner(string User, string Instance);
}
