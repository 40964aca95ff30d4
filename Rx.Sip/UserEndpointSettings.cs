using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Rx.Sip;

/// <summary>The settings of a <see cref="UserEndpoint"/>.</summary>
public sealed class UserEndpointSettings : SipEndpointSettings
{
    /// <summary>Settings with the required members to be set.</summary>
    public UserEndpointSettings()
    {
    }

    /// <summary>Settings of a user at a server; port 0 means 5060, with TLS 5061.</summary>
    [SetsRequiredMembers]
    public UserEndpointSettings(string uri, string server, int port) : base(uri, server) => Port = port;

    /// <summary>What the user proves who it is with, in any realm. Default: nothing.</summary>
    public NetworkCredential? Credential { get; init; }
}
