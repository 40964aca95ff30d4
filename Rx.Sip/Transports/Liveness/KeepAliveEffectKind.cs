namespace Rx.Sip.Transports.Liveness;

/// <summary>The kinds of <see cref="KeepAliveEffect"/>.</summary>
internal enum KeepAliveEffectKind
{
    /// <summary>Send a sign of life: a double line end, or a new Binding request.</summary>
    Probe,

    /// <summary>Send the Binding request again.</summary>
    Repeat,

    /// <summary>Ring after that time, and not when it was to ring before.</summary>
    Ring,

    /// <summary>The peer sees us at another address than before.</summary>
    Move,

    /// <summary>The flow has failed.</summary>
    Fail,
}
