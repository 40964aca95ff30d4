using Rx.Sip.Messages;

namespace Rx.Sip.Registration.Bindings;

/// <summary>A binding of a user, whoever made it.</summary>
/// <param name="Contact">The contact as the registrar lists it, with its parameters but <c>expires</c>.</param>
/// <param name="Until">When it runs out; <see cref="DateTimeOffset.MaxValue"/> when that was not said.</param>
/// <param name="IsOwn">Whether it is of this endpoint, over whatever flow.</param>
public sealed record DeviceBinding(NameAddress Contact, DateTimeOffset Until, bool IsOwn)
{
    /// <summary>The instance that made it (RFC 5626); null when it did not say.</summary>
    public string? Instance => Contact.Parameters.Get("+sip.instance");

    /// <summary>The flow of the instance that it goes over (RFC 5626); null when it did not say.</summary>
    internal string? Flow => Contact.Parameters.Get("reg-id");

    /// <summary>For example <c>sip:alice@192.0.2.1 until 12:30:00</c>.</summary>
    public override string ToString() => $"{Contact.Uri} until {Until:HH:mm:ss}{(IsOwn ? ", ours" : "")}";
}
