namespace Rx.Sip;

/// <summary>When an endpoint watches the bindings of its user by the <c>reg</c> event package (RFC 3680).</summary>
public enum RegistrationEventUse
{
    /// <summary>When the registrar names the package in <c>Allow-Events</c> of its success (RFC 6665 §4.4.4).</summary>
    WhenOffered,

    /// <summary>Always, once registered: many registrars offer the package without saying so. One that doesn't is asked once.</summary>
    Always,

    /// <summary>Never: bindings are known from the answers to REGISTER alone.</summary>
    Never,
}
