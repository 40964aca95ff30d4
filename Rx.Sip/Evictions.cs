using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Subscriptions.Registrations;

namespace Rx.Sip;

/// <summary>What it means for an endpoint that a registrar says of its binding that it is gone.</summary>
internal static class Evictions
{
    /// <summary>The media type of the notices of Office Communications Server [MS-SIPREGE §2.2.2.1].</summary>
    private const string Notice = "text/registration-event";

    private static readonly char[] Separators = [';', '\r', '\n'];

    /// <summary>By what brought it about (RFC 3680 §4.7.1).</summary>
    public static Eviction Of(ContactEvent happened, TimeSpan? retryAfter) => happened switch
    {
        ContactEvent.Unregistered => Because(RegistrationFailureKind.Displaced, "another device has taken this one's binding away", null),
        ContactEvent.Rejected => Because(RegistrationFailureKind.Policy, "the registrar has ended the registration for good", null),
        ContactEvent.Deactivated => Because(RegistrationFailureKind.Moved, "the registrar has taken the binding away, to have it made anew", null),
        ContactEvent.Probation => Because(RegistrationFailureKind.Transient, "the registrar has taken the binding away for a time", retryAfter),
        _ => Because(RegistrationFailureKind.Transient, "the registrar does not hold the binding any more", null),
    };

    /// <summary>By a notice such as <c>deregistered;event=unregistered</c>; null when it is none.</summary>
    public static Eviction? Of(SipRequest notify)
    {
        if (notify.ContentType?.Is(Notice) != true || notify.Body.Length > 1024)
            return null;
        var parts = notify.BodyText.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["deregistered", ..])
            return null;
        var name = parts.FirstOrDefault(part => part.StartsWith("event=", StringComparison.Ordinal))?["event=".Length..];
        // A user who is to register elsewhere is moved like any other.
        return Of(name == "preferred-registrar-change" ? ContactEvent.Deactivated : RegistrationInformationReader.EventOf(name), null);
    }

    private static Eviction Because(RegistrationFailureKind kind, string reason, TimeSpan? retryAfter) =>
        new(RegistrationFailure.Evicted(kind, reason), retryAfter);
}
