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

    /// <summary>
    /// The same bindings with what was known of them before, where that says more: of some sources contacts have fewer parameters, and times
    /// are not told or rounded to a second.
    /// </summary>
    internal BindingSet Completed(BindingSet known) => this with
    {
        Bindings =
        [
            .. from heard in Bindings
               let before = known.Bindings.FirstOrDefault(one => one.Contact.Uri.Equals(heard.Contact.Uri) && one.Flow == heard.Flow)
               select before is null ? heard : before with { Until = IsSameTime(before.Until, heard.Until) ? before.Until : heard.Until, IsOwn = heard.IsOwn },
        ],
    };

    /// <summary>Whether the same is bound for the same time, in whatever order.</summary>
    internal bool TellsTheSameAs(BindingSet other) =>
        Bindings.Length == other.Bindings.Length && Bindings.All(binding => other.Bindings.Contains(binding));

    // Whole seconds, and the time that a message takes.
    private static bool IsSameTime(DateTimeOffset before, DateTimeOffset heard) => heard == DateTimeOffset.MaxValue || (before - heard).Duration() <= TimeSpan.FromSeconds(2);

    /// <summary>Equal when instant and bindings are.</summary>
    public bool Equals(BindingSet? other) => other is not null && At == other.At && Bindings.SequenceEqual(other.Bindings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(At, Bindings.Length);

    /// <summary>The bindings, one behind the other.</summary>
    public override string ToString() => string.Join("; ", Bindings);
}
