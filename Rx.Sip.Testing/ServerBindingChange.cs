namespace Rx.Sip.Testing;

/// <summary>Something happened to a binding of an <see cref="EmbeddedServer"/>.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Binding">The binding, as it is afterwards or last was.</param>
public sealed record ServerBindingChange(DateTimeOffset At, ServerBindingChangeKind Kind, ServerBinding Binding)
{
    /// <summary>For example <c>added alice at sip:alice@192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Binding}";
}
