using System.Net;
using Rx.Sip.Authentication;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Xunit;
using static Rx.Sip.Tests.Authentication.Authenticating;

namespace Rx.Sip.Tests.Registration;

/// <summary>Registration and Digest together, as an endpoint puts them together.</summary>
public class RegistrationAuthenticationTests
{
    private readonly Rx.Sip.Authentication.CredentialCache _credentials = Credentials();

    [Fact]
    public void A_challenged_registration_stays_registered_with_one_nonce_and_counts_it()
    {
        using var rig = Rig(new() { Realm = "example.test", NonceLifetime = TimeSpan.FromDays(2) }, out var client).Start();
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.Equal("authenticated with SHA-256", client.Outcome.ToString());
        var sent = rig.Registers.Skip(1).Select(register => register.Authorization[0]).ToList();
        Assert.Single(sent.Select(one => one.Get("nonce")).Distinct());
        Assert.Equal(Enumerable.Range(1, sent.Count).Select(count => count.ToString("x8")), sent.Select(one => one.Get("nc")));
        Assert.Equal(Enumerable.Range(1, rig.Registers.Count).Select(number => (uint)number), rig.Registers.Select(register => register.CSeq!.Value.Number));
        Assert.All(rig.States.Skip(1), state => Assert.True(state is RegistrationState.Registered or RegistrationState.Refreshing));
    }

    [Fact]
    public void Nonces_that_expire_between_refreshes_are_never_seen_in_the_states()
    {
        using var rig = Rig(new() { Realm = "example.test", NonceLifetime = TimeSpan.FromSeconds(30) }, out _).Start();
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.All(rig.States.Skip(1), state => Assert.True(state is RegistrationState.Registered or RegistrationState.Refreshing));
        // Each refresh: one with the nonce that is out of date by then, one with the new one.
        Assert.Equal(rig.States.Count(state => state is RegistrationState.Registered) * 2, rig.Registers.Count);
    }

    [Fact]
    public void A_wrong_password_ends_it_with_a_clear_reason_and_without_a_loop()
    {
        _credentials.Add("example.test", new NetworkCredential("alice", "wrong"));
        using var rig = Rig(new() { Realm = "example.test" }, out var client).Start();
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.Equal(RegistrationFailureKind.Credentials, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
        Assert.Equal(AuthenticationFailureReason.InvalidCredentials, client.Outcome.Failure);
        // One without credentials, one with: the new nonce of the refusal does not make them any better.
        Assert.Equal(2, rig.Registers.Count);
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void A_password_that_stops_being_right_ends_it_too()
    {
        var password = "secret";
        using var rig = Rig(new() { Realm = "example.test" }, out _, () => password).Start();
        password = "changed";
        rig.Time.AdvanceTo(TimeSpan.FromDays(1));
        Assert.Equal(RegistrationFailureKind.Credentials, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
    }

    [Theory]
    [InlineData(false, "Unregistered (the server did not ask for credentials)")]
    [InlineData(true, "Registered sip:alice@example.test at sip:alice@192.0.2.1:5060 until 01:00:00")]
    public void A_server_that_does_not_challenge_is_only_registered_with_when_that_is_allowed(bool allowNoAuthentication, string expected)
    {
        using var rig = new RegistrationRig();
        var client = new AuthenticatingClient(rig.Client, Associations(_credentials));
        rig.Client = client;
        rig.Access.Refusal = response => allowNoAuthentication || client.WasChallenged
            ? null
            : new RegistrationFailure(RegistrationFailureKind.Credentials, "the server did not ask for credentials", response, null);
        rig.Start();
        Assert.Equal(expected, rig.State.ToString());
    }

    [Fact]
    public void Leaving_is_authenticated_as_well()
    {
        using var rig = Rig(new() { Realm = "example.test" }, out _).Start();
        rig.Leave.OnNext(default);
        Assert.Equal(TimeSpan.Zero, rig.Registers[^1].Expires);
        Assert.Single(rig.Registers[^1].Authorization);
        Assert.Equal("Unregistered", rig.State.ToString());
    }

    private RegistrationRig Rig(DigestVerifierSettings settings, out AuthenticatingClient client, Func<string>? password = null)
    {
        var rig = new RegistrationRig();
        var verifier = new DigestVerifier(settings, _ => password?.Invoke() ?? "secret", rig.Time, new SipIdentifiers(9));
        rig.Answer = request => verifier.Verify(request, isProxy: false) is var verdict and not DigestVerdict.Accepted
            ? request.Challenge(verifier.Challenge(verdict is DigestVerdict.Stale))
            : RegistrationRig.Ok(request);
        client = new AuthenticatingClient(rig.Client, Associations(_credentials));
        rig.Client = client;
        return rig;
    }
}
