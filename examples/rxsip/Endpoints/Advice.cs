using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Endpoints;

/// <summary>What to do about a response that says no.</summary>
internal static class Advice
{
    /// <summary>What happened, and what to do about it, as sentences.</summary>
    /// <param name="response">What said no.</param>
    /// <param name="target">Whom the request was for.</param>
    /// <param name="server">Where it was sent.</param>
    public static string On(SipResponse response, RealTimeAddress target, HostAndPort server)
    {
        var said = response.Warnings is [var warning, ..] ? $"{response}: {warning.Text}" : response.ToString();
        return $"{said}{(said.EndsWith('.') ? "" : ".")}  {For(response, target, server)}";
    }

    /// <summary>What to do about a registration that failed.</summary>
    public static string For(SipException failure, RealTimeAddress account, HostAndPort server) => failure switch
    {
        AuthenticationException { Reason: AuthenticationFailureReason.MissingCredentials } => "Give the account's password with --password or RXSIP_PASSWORD.",
        TlsFailureException { Reason: TlsFailureReason.UntrustedRemoteCertificate } => "Name its authority with --ca, or trust it blindly with --insecure.",
        TlsFailureException { Reason: TlsFailureReason.IncorrectNameInRemoteCertificate } => "Write --server with the name in its certificate.",
        TlsFailureException => "Is the port one for TLS, and the server's certificate in order? Some want ours: --cert and --key.",
        AuthenticationException => "Check the account and its password.",
        FailureResponseException { Response: { } response } => For(response, account, server),
        _ => $"Is {server} right and running, and --transport too?",
    };

    /// <summary>What to do about it.</summary>
    private static string For(SipResponse response, RealTimeAddress target, HostAndPort server) => (response.StatusCode, response.IsLocal) switch
    {
        (503, true) when response.LocalCause == SipLocalCause.TlsFailed => "Name its authority with --ca, write --server as its certificate does, or trust it blindly with --insecure.",
        (408, true) => $"{server} did not answer. Is it running, and is --transport right?",
        (503, true) => $"{server} can't be reached. Is it running, and is --transport right?",
        (401 or 407, _) => "Give the account's right password with --password or RXSIP_PASSWORD.",
        (403, _) => "The server forbids it. Check the account and its password.",
        (404, _) => $"Check the address {target.UserAtHost}.",
        (408 or 480, _) => $"{target.UserAtHost} can't be reached now. Somebody has to listen: rxsip listen {target.Uri} --server {server}",
        (405 or 501, _) => "The other side does not take this kind of request.",
        (413 or 513, _) => "Send a shorter text.",
        (415, _) => "The other side does not take plain text.",
        (486 or 600, _) => "Try again later.",
        ( >= 500 and < 600, _) => "The server is in trouble. Try again later.",
        _ => "Check the address and the server.",
    };
}
