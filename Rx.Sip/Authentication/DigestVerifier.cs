using System.Reactive.Concurrency;
using System.Security.Cryptography;
using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Runtime;

namespace Rx.Sip.Authentication;

/// <summary>
/// The server's side of Digest (RFC 7616 §3.3, RFC 3261 §22.4): makes challenges, verifies credentials, notices replays. Its memory is
/// bounded, and grows only by those who know a secret. Not safe for several threads: it belongs to one mailbox.
/// </summary>
/// <param name="settings">How to ask.</param>
/// <param name="passwordOf">The password of a user; null for one who is unknown.</param>
/// <param name="scheduler">Whose time the nonces live by.</param>
/// <param name="identifiers">Where nonces come from.</param>
internal sealed class DigestVerifier(
    DigestVerifierSettings settings, Func<string, string?> passwordOf, IScheduler scheduler, SipIdentifiers identifiers)
{
    private readonly NonceMint _mint = new(identifiers.Fork());
    private readonly NonceLedger _ledger = new(settings.MaximumNonces);
    private readonly string _nobody = identifiers.Text(24);

    /// <summary>How many nonces are remembered.</summary>
    public int RememberedNonces => _ledger.Count;

    /// <summary>The values of WWW-Authenticate or Proxy-Authenticate, one header field for each, in this order.</summary>
    public IReadOnlyList<string> Challenge(bool isStale)
    {
        var nonce = _mint.Make(scheduler.Now);
        var protections = settings.Protections.Where(qop => qop != DigestQop.None).Select(qop => qop == DigestQop.Auth ? "auth" : "auth-int");
        var qop = string.Join(',', protections) is { Length: > 0 } list ? $", qop=\"{list}\"" : "";
        return
        [
            .. settings.Algorithms.Select(algorithm =>
                $"Digest realm={Grammar.Quote(settings.Realm)}, nonce=\"{nonce}\", algorithm={algorithm}{qop}{(isStale ? ", stale=true" : "")}"),
        ];
    }

    /// <summary>Verifies the credentials of a request, those of Proxy-Authorization when we ask as a proxy.</summary>
    public DigestVerdict Verify(SipRequest request, bool isProxy)
    {
        if (CredentialsSent.To(new Realm(settings.Realm, isProxy), request) is not { } sent
            || !DigestCredentials.TryRead(sent, out var credentials)
            || !settings.Algorithms.Contains(credentials.Formula.Algorithm)
            || !IsAsked(credentials.Formula.Qop)
            || !IsMeantFor(request, credentials.Formula.Uri)
            || !_mint.TryRead(credentials.Formula.Nonce, out var made))
            return new DigestVerdict.Refused();

        // Somebody unknown takes as long as somebody with a wrong password.
        var password = passwordOf(credentials.User);
        var secret = DigestFormula.SecretHash(credentials.Formula.Algorithm, credentials.User, settings.Realm, password ?? _nobody);
        if (!IsRight(request, credentials, secret) || password is null)
            return new DigestVerdict.Refused();
        return IsFresh(credentials, made)
            ? new DigestVerdict.Accepted(credentials.User, Information(credentials.Formula, secret))
            : new DigestVerdict.Stale();
    }

    private bool IsAsked(DigestQop qop) => settings.Protections.Contains(qop) || (settings.Protections.Count == 0 && qop == DigestQop.None);

    // RFC 8760 §2.6: the same resource, though not always the same text.
    private static bool IsMeantFor(SipRequest request, string uri) =>
        uri == request.RequestUriText || (SipUri.TryParse(uri, out var parsed) && parsed.Equals(request.RequestUri));

    private static bool IsRight(SipRequest request, DigestCredentials credentials, string secret) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(credentials.Formula.Response(secret, request.Method.Name, request.Body.Span)),
            Encoding.UTF8.GetBytes(credentials.Response.ToLowerInvariant()));

    private bool IsFresh(DigestCredentials credentials, DateTimeOffset made)
    {
        var oldest = scheduler.Now - settings.NonceLifetime;
        _ledger.ForgetBefore(oldest);
        return made >= oldest
            && (credentials.Formula.Qop == DigestQop.None || _ledger.TryUse(credentials.Formula.Nonce, made, credentials.NonceCount));
    }

    private string Information(in DigestFormula formula, string secret)
    {
        var proof = $"rspauth=\"{formula.ServerProof(secret, [])}\"";
        var count = formula.Qop == DigestQop.None ? "" : $", qop={(formula.Qop == DigestQop.Auth ? "auth" : "auth-int")}, cnonce={Grammar.Quote(formula.ClientNonce)}, nc={formula.NonceCount}";
        var next = settings.HandsOutNextNonce ? $", nextnonce=\"{_mint.Make(scheduler.Now)}\"" : "";
        return proof + count + next;
    }
}
