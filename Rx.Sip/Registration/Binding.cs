using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;

namespace Rx.Sip.Registration;

/// <summary>What a registrar holds for us: requests for the address-of-record are sent to the contact (RFC 3261 §10).</summary>
/// <param name="Aor">The address-of-record.</param>
/// <param name="Contact">Our contact as we registered it.</param>
/// <param name="Granted">How long the registrar granted it for, from its last answer on.</param>
public sealed record Binding(SipUri Aor, NameAddress Contact, TimeSpan Granted)
{
    /// <summary>What the registrar said besides.</summary>
    public BindingTerms Terms { get; init; } = BindingTerms.None;

    /// <summary>The registrar as requests name it: the domain of the address-of-record, or where that has redirected to (RFC 3261 §21.3).</summary>
    public SipUri Registrar { get; init; } = Aor.WithUser(null);

    /// <summary>The address and transport that took the REGISTER, for example <c>sip:192.0.2.1:5060;transport=tcp</c>; null when it is not known.</summary>
    public SipUri? Server { get; init; }

    /// <summary>The contacts of the user's other devices, as of the registrar's last answer, with the time each had left.</summary>
    public IReadOnlyList<NameAddress> Others { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Binding? other) =>
        other is not null
        && Aor.Equals(other.Aor) && Contact == other.Contact && Granted == other.Granted
        && Registrar.Equals(other.Registrar) && Equals(Server, other.Server) && Terms.Equals(other.Terms)
        && Others.SequenceEqual(other.Others);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Aor, Contact, Granted, Others.Count);

    /// <summary>For example <c>sip:alice@example.test at sip:alice@192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{Aor} at {Contact.Uri}";
}
