using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;

namespace Rx.Sip.Registration;

/// <summary>A way to the registrar that stands.</summary>
/// <param name="Contact">Our contact over it. Parameters such as <c>+sip.instance</c> are its header parameters.</param>
/// <param name="Server">Whom it leads to.</param>
internal sealed record RegistrarFlow(NameAddress Contact, SipUri? Server)
{
    /// <summary>What the registrar said to the one before us: if it says the same to us, we keep that and not a copy.</summary>
    public BindingTerms Terms { get; init; } = BindingTerms.None;
}
