namespace Rx.Sip.Registration;

/// <summary>What a plan wants done now.</summary>
internal enum RegistrationPhase
{
    /// <summary>Nothing until the plan's next instant, or a change around.</summary>
    Wait,

    /// <summary>A REGISTER.</summary>
    Attempt,

    /// <summary>A REGISTER that removes the binding.</summary>
    Leave,

    /// <summary>Nothing, ever.</summary>
    Over,
}
