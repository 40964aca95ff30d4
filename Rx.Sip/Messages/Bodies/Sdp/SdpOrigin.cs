using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>
/// Who made a session description, and which version of it this is: the o= line (RFC 8866 §5.2). All but the version name the session.
/// </summary>
/// <param name="Username">The user, <c>-</c> when there is none.</param>
/// <param name="SessionId">The session, digits.</param>
/// <param name="Version">The version, counted up with every change (RFC 3264 §8).</param>
/// <param name="NetworkType"><c>IN</c>.</param>
/// <param name="AddressType"><c>IP4</c> or <c>IP6</c>.</param>
/// <param name="Address">The address of the machine.</param>
public sealed record SdpOrigin(string Username, string SessionId, ulong Version, string NetworkType, string AddressType, string Address)
{
    /// <summary>Reads the value of an o= line; false when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SdpOrigin? origin)
    {
        origin = SdpText.Fields(text) is [var user, var id, var version, var network, var family, var address]
            && SdpText.IsDigits(id) && SdpText.TryNumber(version, out var number)
            ? new SdpOrigin(user, id, number, network, family, address)
            : null;
        return origin is not null;
    }

    /// <summary>Reads the value of an o= line. Throws <see cref="FormatException"/> when it is none.</summary>
    public static SdpOrigin Parse(string text) => TryParse(text, out var origin) ? origin : throw SdpText.NotA("origin", text);

    /// <summary>An origin at an IPv4 or IPv6 address, with version 1.</summary>
    public static SdpOrigin Create(string username, ulong sessionId, System.Net.IPAddress address)
    {
        var connection = SdpConnection.Create(address);
        return new SdpOrigin(username, SdpText.Number(sessionId), 1, connection.NetworkType, connection.AddressType, connection.Address);
    }

    /// <summary>The same origin with another version.</summary>
    public SdpOrigin WithVersion(ulong version) => this with { Version = version };

    /// <summary>The value as on the wire.</summary>
    public override string ToString() => $"{Username} {SessionId} {SdpText.Number(Version)} {NetworkType} {AddressType} {Address}";

    internal bool IsSameSession(SdpOrigin other) => WithVersion(0) == other.WithVersion(0);
}
