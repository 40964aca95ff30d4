using Rx.Sip.Messages;

namespace Rx.Sip.Registration;

/// <summary>What is to be registered, and how.</summary>
internal sealed record RegistrationSettings
{
    /// <summary>The address-of-record.</summary>
    public required SipUri Aor { get; init; }

    /// <summary>The Request-URI: the registrar's domain (RFC 3261 §10.2).</summary>
    public required SipUri Registrar { get; init; }

    /// <summary>The display name of From; null for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Parameters of From besides the tag, for example <c>epid</c>.</summary>
    public SipParameters FromParameters { get; init; } = SipParameters.Empty;

    /// <summary>The lifetime asked for.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>More header fields of every REGISTER.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>What to do about losses and transient failures.</summary>
    public RecoveryPolicy Recovery { get; init; } = RecoveryPolicy.Default;

    /// <summary>How many attempts in a row may fail after a first one before backoff gives up; null: any number (UCMA's MaxRegisterRetries).</summary>
    public int? MaximumRetries { get; init; }

    /// <summary>When the binding is refreshed.</summary>
    public RefreshWindow Refresh { get; init; } = RefreshWindow.Default;

    /// <summary>How many redirections in a row are followed (UCMA's MaximumRegisterRedirectionAttempts).</summary>
    public int MaximumRedirections { get; init; } = 3;

    /// <summary>How long one attempt may take: 64·T1 (RFC 3261 §17.1.2.2). A refresh starts at least that long before the binding runs out, as far as a third of the granted lifetime leaves room for that.</summary>
    public TimeSpan AttemptDuration { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>How long leaving waits: for an attempt that is on its way, and again for the removal.</summary>
    public TimeSpan LeaveTimeout { get; init; } = TimeSpan.FromSeconds(4);
}
