namespace Rx.Sip.Runtime;

/// <summary>What a machine answers to an event: the state it is in now and what is to be done, in order. A value; making one allocates nothing.</summary>
internal readonly struct Step<TState, TEffect>
{
    /// <summary>A step of at most <see cref="StepEffects{TEffect}.Capacity"/> effects.</summary>
    public Step(TState next, params ReadOnlySpan<TEffect> effects)
    {
        Next = next;
        Effects = new StepEffects<TEffect>(effects);
    }

    /// <summary>The state after the event.</summary>
    public TState Next { get; }

    /// <summary>What the driver has to do.</summary>
    public StepEffects<TEffect> Effects { get; }
}
