using System.Collections.Immutable;
using Rx.Sip.Messages;

namespace Rx.Sip.Registration.Bindings;

/// <summary>All bindings of an address-of-record, as a registrar listed them (RFC 3261 §10.2.3).</summary>
/// <param name="At">When it did.</param>
/// <param name="Bindings">The bindings, in the registrar's order.</param>
public sealed record BindingSet(DateTimeOffset At, ImmutableArray<DeviceBinding> Bindings)
{
    /// <summary>Those of the user's other devices.</summary>
    public IEnumerable<DeviceBinding> Others => Bindings.Where(binding => !binding.IsOwn);

    /// <summary>Reads the contacts of a success.</summary>
    /// <param name="response">The success.</param>
    /// <param name="now">The instant.</param>
    /// <param name="isOwn">Whether a contact is of this endpoint.</param>
    internal static BindingSet Of(SipResponse response, DateTimeOffset now, Func<NameAddress, bool> isOwn) => new(now,
    [
        .. from contact in response.Contacts
           let time = contact.Expires ?? response.Expires ?? TimeSpan.Zero
           where time > TimeSpan.Zero
           select new DeviceBinding(contact with { Parameters = contact.Parameters.Without("expires") }, now + time, isOwn(contact)),
    ]);

    /// <summary>What registrations say of themselves and of other devices.</summary>
    /// <param name="latest">The one that was answered last.</param>
    /// <param name="own">All of ours.</param>
    internal static BindingSet Of(RegistrationState.Registered latest, IEnumerable<RegistrationState.Registered> own)
    {
        var at = latest.Until - latest.Binding.Granted;
        return new BindingSet(at,
        [
            .. own.Select(state => new DeviceBinding(state.Binding.Contact, state.Until, IsOwn: true)),
            .. latest.Binding.Others.Select(other =>
                new DeviceBinding(other with { Parameters = other.Parameters.Without("expires") }, at + (other.Expires ?? latest.Binding.Granted), IsOwn: false)),
        ]);
    }

    /// <summary>Equal when instant and bindings are.</summary>
    public bool Equals(BindingSet? other) => other is not null && At == other.At && Bindings.SequenceEqual(other.Bindings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(At, Bindings.Length);

    /// <summary>The bindings, one behind the other.</summary>
    public override string ToString() => string.Join("; ", Bindings);
}
