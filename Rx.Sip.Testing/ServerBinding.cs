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

    /// <summary>The proxies by which the device is reached, the nearest to the server first (Path, RFC 3327).</summary>
    public IReadOnlyList<NameAddress> Paths { get; init; } = [];

    /// <summary>Whether it is one of several flows of an instance (RFC 5626).</summary>
    public bool IsOutbound { get; init; }

    /// <summary>The device's instance; null when it did not say.</summary>
    public string? Instance => Contact.Parameters.Get("+sip.instance");

    /// <summary>The flow the REGISTER came over, if the contact is its sender and not somebody else.</summary>
    internal Flow? Flow { get; init; }

    /// <summary>
    /// Whether a contact means this binding: by its instance and flow (RFC 5626 §6), or by its URI, which two flows of one instance may
    /// share.
    /// </summary>
    internal bool IsSameDevice(NameAddress contact)
    {
        var (instance, flow) = (contact.Parameters.Get("+sip.instance"), contact.Parameters.Get("reg-id"));
        var isOfFlow = instance is not null && flow is not null;
        return (isOfFlow && instance == Instance && flow == Contact.Parameters.Get("reg-id"))
            || (!(IsOutbound && isOfFlow) && Contact.Uri.Equals(contact.Uri));
    }

    /// <summary>For example <c>alice at sip:alice@192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{User} at {Contact.Uri}";
}
