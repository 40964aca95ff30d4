namespace Rx.Sip.Transports.Liveness;

/// <summary>What a <see cref="KeepAliveMachine"/> wants done.</summary>
/// <param name="Kind">What.</param>
/// <param name="After">The wait of <see cref="KeepAliveEffectKind.Ring"/>.</param>
internal readonly record struct KeepAliveEffect(KeepAliveEffectKind Kind, TimeSpan After)
{
    public static KeepAliveEffect Probe { get; } = new(KeepAliveEffectKind.Probe, default);

    public static KeepAliveEffect Repeat { get; } = new(KeepAliveEffectKind.Repeat, default);

    public static KeepAliveEffect Move { get; } = new(KeepAliveEffectKind.Move, default);

    public static KeepAliveEffect Fail { get; } = new(KeepAliveEffectKind.Fail, default);

    public static KeepAliveEffect Ring(TimeSpan after) => new(KeepAliveEffectKind.Ring, after);
}
