using Rx.Sip.Messages;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing;

/// <summary>A device of a user, as the <see cref="EmbeddedServer"/> knows it (RFC 3261 §10.3).</summary>
/// <param name="User">The user's name.</param>
/// <param name="Contact">The contact as it was registered, without <c>expires</c>.</param>
/// <param name="Until">When it expires.</param>
/// <param name="CallId">The Call-ID of the REGISTER it came by.</param>
/// <param name="Sequence">The sequence number of that REGISTER.</param>
public sealed record ServerBinding(string User, NameAddress Contact, DateTimeOffset Until, string CallId, uint Sequence)
{
    /// <summary>How much this device is preferred, 0 to 1 (RFC 3261 §20.10).</summary>
    public double Preference =>
        double.TryParse(Contact.Parameters.Get("q"), System.Globalization.CultureInfo.InvariantCulture, out var q) ? Math.Clamp(q, 0, 1) : 1;

    /// <summary>The flow the REGISTER came over, if the contact is its sender and not somebody else.</summary>
    internal Flow? Flow { get; init; }

    /// <summary>Whether a contact means the same device: the same instance and way (RFC 5626 §6), or the same URI.</summary>
    internal bool IsSameDevice(NameAddress contact)
    {
        var (instance, way) = (Contact.Parameters.Get("+sip.instance"), Contact.Parameters.Get("reg-id"));
        return Contact.Uri.Equals(contact.Uri)
            || (instance is not null && way is not null && instance == contact.Parameters.Get("+sip.instance") && way == contact.Parameters.Get("reg-id"));
    }

    /// <summary>For example <c>alice at sip:alice@192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{User} at {Contact.Uri}";
}
