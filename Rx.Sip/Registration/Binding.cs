using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>What a registrar holds for us: requests for the address-of-record are sent to the contact (RFC 3261 §10).</summary>
/// <param name="Aor">The address-of-record.</param>
/// <param name="Contact">Our contact as we registered it.</param>
/// <param name="Granted">How long the registrar granted it for, from its last answer on.</param>
public sealed record Binding(SipUri Aor, NameAddress Contact, TimeSpan Granted)
{
    /// <summary>For example <c>sip:alice@example.test at sip:alice@192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{Aor} at {Contact.Uri}";
}
