using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>A way to the registrar that stands.</summary>
/// <param name="Contact">Our contact over it. Parameters such as <c>+sip.instance</c> are its header parameters.</param>
/// <param name="Server">Whom it leads to.</param>
internal sealed record RegistrarFlow(NameAddress Contact, SipUri? Server);
