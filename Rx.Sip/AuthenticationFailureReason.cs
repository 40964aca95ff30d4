namespace Rx.Sip;

/// <summary>Why authentication failed.</summary>
public enum AuthenticationFailureReason
{
    /// <summary>The server refused the credentials.</summary>
    InvalidCredentials,

    /// <summary>There are no credentials for the realm that asked.</summary>
    MissingCredentials,

    /// <summary>Server and endpoint share no authentication protocol.</summary>
    NoCommonProtocols,

    /// <summary>The endpoint has credentials and the server never asked for them, so it may be anybody's server; see <c>AllowNoAuthentication</c>.</summary>
    UnchallengingServer,
}
