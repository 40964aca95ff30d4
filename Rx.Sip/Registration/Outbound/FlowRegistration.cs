namespace Rx.Sip.Registration.Outbound;

/// <summary>One flow of an endpoint (RFC 5626): a proxy, and the registration over it.</summary>
/// <param name="RegId">The flow's number among the endpoint's, from 1 (<c>reg-id</c>).</param>
/// <param name="Proxy">The proxy or registrar it leads to.</param>
/// <param name="State">What its registration is doing.</param>
/// <param name="IsStandby">
/// Whether it rests while another flow is registered, because the registrar doesn't know RFC 5626: there a second binding would bring
/// everything twice.
/// </param>
public sealed record FlowRegistration(int RegId, string Proxy, RegistrationState State, bool IsStandby)
{
    /// <summary>For example <c>1 by edge1.example.test: Registering</c>.</summary>
    public override string ToString() => $"{RegId} by {Proxy}: {(IsStandby ? "on standby" : State)}";
}
