using System.Security.Cryptography;
using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Registration.Outbound;

/// <summary>What tells this instance of a user agent from all others: <c>+sip.instance</c> of Contact (RFC 5626 §4.1).</summary>
internal static class InstanceId
{
    public const string Parameter = "+sip.instance";
    public const string Flow = "reg-id";

    // The namespace that Office Communications Server derives instances from [MS-SIPRE §3.2.3.1].
    private static readonly Guid Namespace = new("fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe");

    /// <summary>The UUID of an endpoint id, the one that Office Communications Server works out for it too: SHA-1 over the namespace and the id.</summary>
    public static Guid Of(string endpointId)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData([.. Namespace.ToByteArray(), .. Encoding.ASCII.GetBytes(endpointId)], hash);
        hash[7] = (byte)((hash[7] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16]);
    }

    /// <summary>The contact as this instance's over one of its flows.</summary>
    public static NameAddress Mark(NameAddress contact, Guid instance, int regId) =>
        contact.WithParameter(Parameter, $"\"<urn:uuid:{instance}>\"").WithParameter(Flow, regId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Whether a contact is of that instance, over whatever flow.</summary>
    public static bool IsOf(NameAddress contact, Guid instance) => ContactMatch.IsSameDevice(contact, Mark(contact, instance, 0));

    /// <summary>The contact without the wish for RFC 5626.</summary>
    public static NameAddress WithoutFlow(NameAddress contact) => contact with { Parameters = contact.Parameters.Without(Flow) };

    /// <summary>The contact as nothing but an address.</summary>
    public static NameAddress Bare(NameAddress contact) => contact with { Parameters = contact.Parameters.Without(Flow).Without(Parameter) };
}
