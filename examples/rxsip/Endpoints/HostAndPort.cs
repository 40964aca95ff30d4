using System.Diagnostics.CodeAnalysis;
using Rx.Sip.Messages;

namespace Rx.Sip.Tool.Endpoints;

/// <summary>A server on the command line: <c>HOST:PORT</c>, or a host alone for the transport's own port.</summary>
/// <param name="Host">A name or an address; IPv6 in brackets.</param>
/// <param name="Port">The port; 0 for the transport's own.</param>
internal sealed record HostAndPort(string Host, int Port)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out HostAndPort? server)
    {
        server = SipUri.TryParse($"sip:{text}", out var uri) && uri is { User: null, Headers: null, Port: not 0 } && text == Written(uri)
            ? new HostAndPort(uri.Host, uri.Port ?? 0)
            : null;
        return server is not null;
    }

    public override string ToString() => Port == 0 ? Host : $"{Host}:{Port}";

    // Nothing but host and port: no parameters, and not another spelling.
    private static string Written(SipUri uri) => uri.Port is { } port ? $"{uri.Host}:{port}" : uri.Host;
}
